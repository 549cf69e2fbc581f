import { consistencyOf, keyedPath } from './paths.js';
import type { Transport } from './transport.js';
import type { Consistency, Effect, JsonObject, KeyedSession, Session } from './types.js';

/** Conditions of a write, as entity tags of RFC 9110. */
export interface Conditions {
  /** The write is refused with 412 unless this is the current entity tag. */
  ifMatch?: string | undefined;
  /** `*`: the write is refused with 412 when there is a session already. */
  ifNoneMatch?: string | undefined;
}

/** Settings of one call. */
export interface CallOptions {
  /** Ends the call early. */
  signal?: AbortSignal | undefined;
}

/** Settings of a read. */
export interface ReadOptions extends CallOptions {
  /** How old the answer may be. */
  consistency?: Consistency | undefined;
}

/** A session found by its key, with the entity tag of its data and claims. */
export interface KeyedEntry {
  session: Session;
  etag: string;
}

/** Sessions that a framework finds by a key of its own: see `sessionKey`. */
export class KeyedSessions {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Creates or replaces. Rejects with type `session-ended` when the session of the key was ended: nothing is saved then. */
  async save(
    key: string,
    session: KeyedSession,
    options: Conditions & CallOptions = {},
  ): Promise<KeyedEntry & { created: boolean }> {
    const reply = await this.#transport.send({
      method: 'PUT',
      path: keyedPath(key),
      body: session,
      headers: { 'If-Match': options.ifMatch, 'If-None-Match': options.ifNoneMatch },
      // Repeated after it took effect, a conditional save would be refused as if somebody else had written.
      repeatable: options.ifMatch === undefined && options.ifNoneMatch === undefined,
      signal: options.signal,
    });
    return { ...entryOf(reply), created: reply.status === 201 };
  }

  /** Finds the live session; never extends it. */
  async get(key: string, options: ReadOptions = {}): Promise<KeyedEntry | null> {
    const reply = await this.#transport.find({
      method: 'GET',
      path: keyedPath(key),
      headers: { 'Session-Consistency': consistencyOf(options.consistency) },
      repeatable: true,
      signal: options.signal,
    });
    return reply === undefined ? null : entryOf(reply);
  }

  /** Applies a merge patch (RFC 7396) to the data; null when there is no live session. */
  async merge(
    key: string,
    patch: JsonObject,
    options: Pick<Conditions, 'ifMatch'> & CallOptions = {},
  ): Promise<{ data: JsonObject; etag: string } | null> {
    const reply = await this.#transport.find({
      method: 'PATCH',
      path: keyedPath(key),
      body: patch,
      contentType: 'application/merge-patch+json',
      headers: { 'If-Match': options.ifMatch },
      repeatable: false,
      signal: options.signal,
    });
    return reply === undefined ? null : { data: reply.body as JsonObject, etag: etagOf(reply) };
  }

  /** Reports activity of the user, which renews the idle end; null when there is no live session. */
  async touch(key: string, options: { ipAddress?: string | undefined } & CallOptions = {}): Promise<KeyedEntry | null> {
    const reply = await this.#transport.find({
      method: 'POST',
      path: `${keyedPath(key)}/touch`,
      body: options.ipAddress === undefined ? undefined : { ipAddress: options.ipAddress },
      repeatable: true,
      signal: options.signal,
    });
    return reply === undefined ? null : entryOf(reply);
  }

  /** Ends the session; idempotent. */
  async end(key: string, options: { reason?: string } & CallOptions = {}): Promise<Effect> {
    const reply = await this.#transport.send({
      method: 'DELETE',
      path: keyedPath(key),
      query: { reason: options.reason },
      repeatable: true,
      signal: options.signal,
    });
    return (reply.body ?? {}) as Effect;
  }

  /** Ends every keyed session of this service key, whatever its prefix. */
  async endAll(options: CallOptions = {}): Promise<Effect> {
    const reply = await this.#transport.send({
      method: 'DELETE',
      path: '/v1/keyed-sessions',
      repeatable: true,
      signal: options.signal,
    });
    return (reply.body ?? {}) as Effect;
  }
}

function etagOf(reply: { headers: Headers }): string {
  return reply.headers.get('ETag') ?? '';
}

function entryOf(reply: { headers: Headers; body: unknown }): KeyedEntry {
  return { session: reply.body as Session, etag: etagOf(reply) };
}
