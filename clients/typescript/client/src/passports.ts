import { notOurs, SessionsError } from './errors.js';
import type { CallOptions } from './keyed.js';
import { endingPath } from './paths.js';
import type { Transport } from './transport.js';
import type { EndingsPage, PassportKey } from './types.js';

/** What verifiers of passports ask. */
export class Passports {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Reads the public keys. They are few, and change a few times a year: keep them for minutes. */
  async keys(options: CallOptions = {}): Promise<PassportKey[]> {
    const reply = await this.#transport.send({
      method: 'GET',
      path: '/v1/passport-keys',
      repeatable: true,
      signal: options.signal,
    });
    const { keys } = reply.body as { keys?: PassportKey[] };
    if (!Array.isArray(keys)) {
      throw notOurs();
    }
    return keys;
  }

  /** Asks whether a session has ended; true also when there never was one. Linearizable, as an introspection is. */
  async hasEnded(sid: string, options: CallOptions = {}): Promise<boolean> {
    const reply = await this.#transport.send({
      method: 'GET',
      path: endingPath(sid),
      repeatable: true,
      signal: options.signal,
    });
    const ending = reply.body as { sid?: unknown; ended?: unknown };
    if (ending.sid !== sid || typeof ending.ended !== 'boolean') {
      throw notOurs();
    }
    return ending.ended;
  }

  /** Reads the endings after a cursor; null when the cursor is of no use any more. */
  async endings(after?: string, options: { waitSeconds?: number } & CallOptions = {}): Promise<EndingsPage | null> {
    try {
      const reply = await this.#transport.send({
        method: 'GET',
        path: '/v1/endings',
        query: { after },
        waitSeconds: options.waitSeconds ?? 0,
        repeatable: false,
        signal: options.signal,
      });
      if (!isPage(reply.body)) {
        throw notOurs();
      }
      return reply.body;
    } catch (error) {
      if (after !== undefined && error instanceof SessionsError && uselessCursors.has(error.type)) {
        return null;
      }
      throw error;
    }
  }
}

const uselessCursors = new Set(['cursor-foreign', 'cursor-expired', 'validation']);

function isPage(body: unknown): body is EndingsPage {
  const page = body as EndingsPage;
  const numbers = [page.heldMilliseconds, page.ageMilliseconds, page.lifetimeSeconds, page.keepSeconds];
  return (
    typeof page.cursor === 'string' &&
    typeof page.more === 'boolean' &&
    (page.more ? isOptionalInstant(page.completeAsOf) : isInstant(page.completeAsOf)) &&
    isInstant(page.heldSince) &&
    numbers.every((number) => Number.isFinite(number) && number >= 0) &&
    isOptionalInstant(page.revokedBefore) &&
    Array.isArray(page.endings) &&
    page.endings.every(({ hash, endedAt }) => /^[A-Za-z0-9_-]{22}$/.test(hash) && isInstant(endedAt))
  );
}

function isInstant(value: unknown): boolean {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}

function isOptionalInstant(value: unknown): boolean {
  return value === undefined || isInstant(value);
}
