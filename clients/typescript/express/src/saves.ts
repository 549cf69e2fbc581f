import { debuglog } from 'node:util';
import {
  type JsonObject,
  type KeyedEntry,
  type KeyedSession,
  type KeyedSessions,
  SessionsError,
  SessionsUnavailableError,
} from '@session-functions/client';
import { hasInstant, idleTimeoutSecondsOf, isBounded, longestSeconds } from './lifetime.js';
import { mergeChanges } from './merge.js';

const debug = debuglog('session-functions');
const mostAttempts = 8;

/** What a request has of a session, as JSON: its changes are told from it. */
export interface Loaded {
  etag: string;
  /** Value that the request saw or saved last. */
  base: string;
  /** Value that the service has under the tag; after a merge it holds changes of others too. */
  current: string;
}

/** Saves under conditions: merges with what others saved meanwhile, and keeps lifetimes within the policy. */
export class Saves {
  readonly #keyed: KeyedSessions;
  #longestIdleSeconds = Number.POSITIVE_INFINITY;

  constructor(keyed: KeyedSessions) {
    this.#keyed = keyed;
  }

  /** Saves the cookie of a session, and the lifetime that it asks for. */
  async changeLifetime(key: string, mine: JsonObject, found: KeyedEntry | null): Promise<void> {
    for (let entry = found, attempt = 1; entry !== null; entry = await this.#keyed.get(key), attempt++) {
      const data = entry.session.data ?? {};
      const { idleTimeoutSeconds = null } = bodyOf(mine, data);
      try {
        await this.put(key, { data: hasInstant(mine) ? data : { ...data, ...mine }, idleTimeoutSeconds }, entry.etag);
        return;
      } catch (error) {
        if (error instanceof SessionsError && error.type === 'session-ended') {
          return;
        }
        if (!isConflict(error) || attempt >= mostAttempts) {
          throw error;
        }
      }
    }
  }

  /** Saves what changed since it was loaded. One request in the usual case: the version that was loaded is still the current one. */
  async putMerged(key: string, save: KeyedSession, loaded: Loaded): Promise<KeyedEntry> {
    const base = JSON.parse(loaded.base) as JsonObject;
    const over = (current: JsonObject) => ({ ...save, data: mergeChanges(base, save.data, current) });
    let body = loaded.base === loaded.current ? save : over(JSON.parse(loaded.current) as JsonObject);
    let condition: { ifMatch?: string; ifNoneMatch?: string } = { ifMatch: loaded.etag };
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.put(key, body, condition.ifMatch, condition.ifNoneMatch);
      } catch (error) {
        // After a lost answer the save may have been made; merging it again changes nothing.
        const isLost = error instanceof SessionsUnavailableError && error.status === 0 && attempt === 1;
        if (!(isConflict(error) || isLost) || attempt >= mostAttempts) {
          throw error;
        }
      }
      const current = await this.#keyed.get(key, { consistency: 'strong' });
      body = current === null ? save : over(current.session.data ?? {});
      condition = current === null ? { ifNoneMatch: '*' } : { ifMatch: current.etag };
    }
  }

  /** Saves; a lifetime beyond the policy becomes the policy's. */
  async put(key: string, body: KeyedSession, ifMatch?: string, ifNoneMatch?: string): Promise<KeyedEntry> {
    const asked = body.idleTimeoutSeconds ?? 0;
    if (asked > this.#longestIdleSeconds) {
      return this.#keyed.save(key, { ...body, idleTimeoutSeconds: this.#longestIdleSeconds }, { ifMatch, ifNoneMatch });
    }
    try {
      return await this.#keyed.save(key, body, { ifMatch, ifNoneMatch });
    } catch (error) {
      const longest = longestIdleOf(error);
      if (longest === undefined || longest >= asked) {
        throw error;
      }
      this.#longestIdleSeconds = longest;
      debug('cookie.maxAge asks for %d s; the idle timeout of the policy, %d s, holds.', asked, longest);
      return this.#keyed.save(key, { ...body, idleTimeoutSeconds: longest }, { ifMatch, ifNoneMatch });
    }
  }
}

/** What is saved of a session. A cookie that no longer bounds it gives it the longest lifetime: one that is left out would stay. */
export function bodyOf(data: JsonObject, before?: JsonObject): KeyedSession {
  const idleTimeoutSeconds =
    idleTimeoutSecondsOf(data) ?? (before !== undefined && isBounded(before) ? longestSeconds : undefined);
  return idleTimeoutSeconds === undefined ? { data } : { data, idleTimeoutSeconds };
}

/** Whether somebody else saved meanwhile. */
export function isConflict(error: unknown): boolean {
  return error instanceof SessionsError && error.type === 'version-mismatch';
}

function longestIdleOf(error: unknown): number | undefined {
  return error instanceof SessionsError
    ? error.errors.find(({ pointer }) => pointer === '#/idleTimeoutSeconds')?.maximum
    : undefined;
}
