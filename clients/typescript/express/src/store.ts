import { debuglog } from 'node:util';
import {
  type JsonObject,
  type KeyedEntry,
  type KeyedSession,
  type Session,
  type SessionEnd,
  SessionsClient,
  SessionsError,
} from '@session-functions/client';
import session, { type SessionData } from 'express-session';
import { answer, type Callback, callStore } from './callbacks.js';
import { addressOf, type DeviceRequest, deviceOf } from './device.js';
import { SessionStoreError } from './errors.js';
import { hasLapsed, isExact, isExpired, isSameLifetime, renewExpires } from './lifetime.js';
import { bodyOf, isConflict, type Loaded, Saves } from './saves.js';
import type { SessionStoreOptions } from './store-options.js';

const debug = debuglog('session-functions');

type Listed = SessionData & { id: string };

/** Session store for express-session, and for what takes such a store (Connect, `@fastify/session`). */
export class SessionStore extends session.Store {
  readonly client: SessionsClient;
  readonly prefix: string;
  readonly #options: SessionStoreOptions;
  readonly #loaded = new WeakMap<object, Loaded>();
  readonly #tracked: Set<string> | undefined;
  readonly #former = new WeakMap<object, string>();
  readonly #saves: Saves;

  constructor(options: SessionStoreOptions = {}) {
    super();
    this.client = options.client ?? new SessionsClient(options);
    this.prefix = options.prefix ?? 'sess:';
    this.#options = options;
    this.#tracked = options.trackIds === true ? new Set() : undefined;
    this.#saves = new Saves(this.client.keyed);
    this.#rememberFormerIds();
  }

  /** Finds the session of an id; null when there is none that is live. */
  override get(id: string, callback?: Callback<SessionData | null>): Promise<SessionData | null> {
    return answer(this.#get(id), callback);
  }

  /** Saves a session. A session that was ended meanwhile is not revived: the save succeeds and nothing is kept. */
  override set(id: string, value: SessionData, callback?: Callback<void>): Promise<void> {
    return answer(this.#set(id, value), callback);
  }

  /** Reports activity, which renews the lifetime. */
  override touch(id: string, value: SessionData, callback?: Callback<void>): Promise<void> {
    return answer(this.#touch(id, value), callback);
  }

  /** Ends the session of an id. */
  override destroy(id: string, callback?: Callback<void>): Promise<void> {
    return answer(this.#end(id, 'signed-out'), callback);
  }

  /** Ends every session of the service key, whatever its prefix. */
  override clear(callback?: Callback<void>): Promise<void> {
    const work = async () => {
      await this.client.keyed.endAll();
      this.#tracked?.clear();
    };
    return answer(work(), callback);
  }

  /** Lists the ids that this process saved and that are still live. Needs `trackIds`. */
  ids(callback?: Callback<string[]>): Promise<string[]> {
    return answer(
      this.#list().then((found) => found.map((entry) => entry.id)),
      callback,
    );
  }

  /** Lists the live sessions that this process saved. Needs `trackIds`. */
  override all(callback?: Callback<Listed[]>): Promise<Listed[]> {
    return answer(this.#list(), callback);
  }

  /** Counts the live sessions that this process saved. Needs `trackIds`. */
  override length(callback?: Callback<number>): Promise<number> {
    return answer(
      this.#list().then((found) => found.length),
      callback,
    );
  }

  /** The session of an id as the API knows it: its sid, user, device and ends; null when there is none that is live. */
  async find(id: string): Promise<Session | null> {
    return (await this.client.keyed.get(await this.#key(id)))?.session ?? null;
  }

  /**
   * Why a session ended, for the page that a user sees who was signed out: that of an id, or the one whose cookie a request of
   * express-session still carried. Null when it did not end before its time, or is no longer known.
   */
  async endOf(of: string | object): Promise<SessionEnd | null> {
    const id = typeof of === 'string' ? of : this.#former.get(of);
    if (id === undefined) {
      return null;
    }
    try {
      // No version is named "0", so nothing is ever saved: only the end of the session, if there is one, is told.
      await this.client.keyed.save(await this.#key(id), { data: {} }, { ifMatch: '"0"' });
      return null;
    } catch (error) {
      if (error instanceof SessionsError && error.type === 'session-ended') {
        return { reason: error.reason ?? '', endedAt: error.endedAt ?? '' };
      }
      if (error instanceof SessionsError && error.type === 'version-mismatch') {
        return null;
      }
      throw error;
    }
  }

  // Called by express-session with what get returned: the copy that the request changes is compared with it when it is saved.
  override createSession(request: Parameters<session.Store['createSession']>[0], value: SessionData) {
    const loaded = this.#loaded.get(value);
    const created = super.createSession(request, value);
    if (loaded !== undefined) {
      this.#loaded.set(created, loaded);
    }
    return created;
  }

  override regenerate(request: Parameters<session.Store['regenerate']>[0], callback: (error?: unknown) => void): void {
    answer(this.#end(request.sessionID, 'regenerated'), (error) => {
      (this as unknown as { generate(request: unknown): void }).generate(request);
      callback(error);
    });
  }

  // express-session gives the store this method. Until it makes a new session, req.sessionID is the id of the cookie.
  #rememberFormerIds(): void {
    let generate: ((request: { sessionID?: unknown }) => void) | undefined;
    Object.defineProperty(this, 'generate', {
      configurable: true,
      enumerable: true,
      get: () =>
        generate &&
        ((request: { sessionID?: unknown }) => {
          if (typeof request.sessionID === 'string') {
            this.#former.set(request, request.sessionID);
          }
          generate?.(request);
        }),
      set: (value: typeof generate) => {
        generate = value;
      },
    });
  }

  async #get(id: string): Promise<SessionData | null> {
    const key = await this.#key(id);
    const entry = (await this.client.keyed.get(key)) ?? (await this.#adopt(id, key));
    if (entry === null) {
      return null;
    }
    const data = entry.session.data ?? {};
    if (hasLapsed(data)) {
      return null;
    }
    renewExpires(data, entry.session.idleExpiresInSeconds);
    const json = JSON.stringify(data);
    this.#loaded.set(data, { etag: entry.etag, base: json, current: json });
    return data as unknown as SessionData;
  }

  async #set(id: string, value: SessionData): Promise<void> {
    const data = JSON.parse(JSON.stringify(value)) as JsonObject;
    if (isExpired(data)) {
      return this.#end(id, 'expired');
    }
    const key = await this.#key(id);
    const loaded = this.#loaded.get(value);
    const save = this.#saveOf(value, data, loaded);
    try {
      const entry =
        loaded === undefined || this.#options.merge === false
          ? await this.#saves.put(key, save)
          : await this.#saves.putMerged(key, save, loaded);
      this.#loaded.set(value, {
        etag: entry.etag,
        base: JSON.stringify(data),
        current: JSON.stringify(entry.session.data),
      });
      this.#tracked?.add(id);
    } catch (error) {
      if (!(error instanceof SessionsError && error.type === 'session-ended')) {
        throw explained(error);
      }
      debug('A session was ended (%s) before it was saved; nothing is kept.', error.reason);
    }
  }

  async #touch(id: string, value: SessionData): Promise<void> {
    const key = await this.#key(id);
    const mine = { cookie: JSON.parse(JSON.stringify(value.cookie ?? null)) } as JsonObject;
    if (isExpired(mine)) {
      return this.#end(id, 'expired');
    }
    let entry: KeyedEntry | null;
    if (isExact(mine)) {
      entry = await this.client.keyed.get(key);
    } else {
      const request = (value as { req?: DeviceRequest }).req;
      entry = await this.client.keyed.touch(key, { ipAddress: request === undefined ? undefined : addressOf(request) });
      if (entry === null || isSameLifetime(entry.session.data ?? {}, entry.session.idleTimeoutSeconds, mine)) {
        return;
      }
    }
    await this.#saves.changeLifetime(key, mine, entry);
  }

  #saveOf(value: SessionData, data: JsonObject, loaded: Loaded | undefined): KeyedSession {
    const save = bodyOf(data, loaded && (JSON.parse(loaded.base) as JsonObject));
    const userId = this.#options.userId?.(value);
    if (userId !== undefined && userId !== null && userId !== '') {
      save.userId = String(userId);
    }
    const claims = this.#options.claims?.(value);
    if (claims !== undefined) {
      save.claims = claims;
    }
    const request = (value as { req?: DeviceRequest }).req;
    if (loaded === undefined && request?.headers !== undefined && this.#options.device !== false) {
      const device = (this.#options.device ?? deviceOf)(request);
      if (device !== undefined) {
        save.device = device;
      }
    }
    return save;
  }

  async #end(id: string, reason: string): Promise<void> {
    await this.client.keyed.end(await this.#key(id), { reason });
    this.#tracked?.delete(id);
    if (this.#options.fallback !== undefined) {
      await callStore(this.#options.fallback, 'destroy', id);
    }
  }

  // Must-create, so a session that was ended here does not come back from the old store.
  async #adopt(id: string, key: string): Promise<KeyedEntry | null> {
    const fallback = this.#options.fallback;
    if (fallback === undefined) {
      return null;
    }
    const old = await callStore<SessionData | null | undefined>(fallback, 'get', id);
    if (old === null || old === undefined) {
      // Another request may have moved it between the two reads.
      return this.client.keyed.get(key, { consistency: 'strong' });
    }
    const data = JSON.parse(JSON.stringify(old)) as JsonObject;
    let entry: KeyedEntry | null;
    try {
      entry = isExpired(data) ? null : await this.#saves.put(key, this.#saveOf(old, data, undefined), undefined, '*');
    } catch (error) {
      if (error instanceof SessionsError && error.type === 'session-ended') {
        entry = null;
      } else if (isConflict(error)) {
        return this.client.keyed.get(key);
      } else {
        throw error;
      }
    }
    await callStore(fallback, 'destroy', id);
    this.#tracked?.add(id);
    return entry;
  }

  async #list(): Promise<Listed[]> {
    if (this.#tracked === undefined) {
      throw new SessionStoreError(
        'The store cannot list sessions, because the service knows hashes of their ids only. ' +
          "List a user's sessions with client.list(userId), or set trackIds to list those that this process saved.",
        'not-listable',
        500,
      );
    }
    const found: Listed[] = [];
    const ids = [...this.#tracked];
    const read = async () => {
      for (let id = ids.shift(); id !== undefined; id = ids.shift()) {
        const value = await this.#get(id);
        if (value === null) {
          this.#tracked?.delete(id);
        } else {
          found.push(Object.assign(value, { id }));
        }
      }
    };
    await Promise.all(Array.from({ length: 8 }, read));
    return found;
  }

  #key(id: string): Promise<string> {
    return this.client.sessionKey(id, this.prefix);
  }
}

function explained(error: unknown): unknown {
  if (error instanceof SessionsError && error.type === 'session-has-user') {
    return new SessionStoreError(
      'The session belongs to another user. Call req.session.regenerate() before somebody else signs in.',
      error.type,
      500,
    );
  }
  return error;
}
