import { SessionClaims, SessionData } from './content.js';
import { notOurs, SessionsError } from './errors.js';
import { sessionKey } from './key.js';
import { type CallOptions, KeyedSessions, type ReadOptions } from './keyed.js';
import { Passports } from './passports.js';
import { consistencyOf, sessionPath } from './paths.js';
import { retryAfterOf } from './retry.js';
import { SharedIntrospections } from './shared-introspections.js';
import { Transport, type TransportOptions } from './transport.js';
import type {
  Effect,
  EndedCount,
  EventPage,
  Expiry,
  Introspection,
  IssuedSession,
  NewSession,
  OwnSession,
  Requirement,
  Rotation,
  Session,
  SessionEnd,
  SessionListItem,
} from './types.js';

/** Which sessions a list holds. Default `live`. */
export type ListedState = 'live' | 'ended' | 'all';

/** What a wait for changes has told. `retryAfter` is set, in seconds, where the service did not wait. */
export type SessionChange =
  | { state: 'unchanged'; retryAfter: number }
  | { state: 'changed'; session: OwnSession }
  | { state: 'ended'; end: SessionEnd | null };

/** Client of the session API for services. One instance serves a whole process. */
export class SessionsClient {
  /** Sessions found by a framework's own id. */
  readonly keyed: KeyedSessions;
  /** Data of sessions by sid. */
  readonly data: SessionData;
  /** Claims of sessions by sid. */
  readonly claims: SessionClaims;
  /** Keys of passports, and the feed of endings. */
  readonly passports: Passports;
  readonly #transport: Transport;
  readonly #introspections: SharedIntrospections;

  constructor(options: TransportOptions = {}) {
    this.#transport = new Transport(options);
    this.#introspections = new SharedIntrospections(this.#transport);
    this.keyed = new KeyedSessions(this.#transport);
    this.passports = new Passports(this.#transport);
    this.data = new SessionData(this.#transport);
    this.claims = new SessionClaims(this.#transport);
  }

  /** Key of a framework's id: see `sessionKey`. */
  sessionKey(id: string, prefix?: string): Promise<string> {
    return sessionKey(id, prefix);
  }

  /** Creates a session. A lost answer is asked for again under the same idempotency key, so one session is made and its token arrives. */
  async create(
    session: NewSession = {},
    options: { idempotencyKey?: string } & CallOptions = {},
  ): Promise<IssuedSession> {
    const reply = await this.#transport.send({
      method: 'POST',
      path: '/v1/sessions',
      body: session,
      headers: { 'Idempotency-Key': options.idempotencyKey ?? crypto.randomUUID() },
      repeatable: true,
      signal: options.signal,
    });
    return reply.body as IssuedSession;
  }

  /**
   * Validates a token. Counts as activity of the user unless `touch` is false. With `passport`, also issues one for its audience. Those that
   * wait at the same time share a call; with `consistency` each has its own.
   */
  async introspect(
    token: string,
    options: {
      touch?: boolean;
      ipAddress?: string | undefined;
      requires?: Requirement;
      passport?: { audience: string };
    } & ReadOptions = {},
  ): Promise<Introspection> {
    const { touch, ipAddress, requires, passport } = options;
    const answer = await this.#introspections.send({
      method: 'POST',
      path: '/v1/sessions/introspect',
      body: { token, touch, ipAddress, requires, passport },
      headers: { 'Session-Consistency': consistencyOf(options.consistency) },
      repeatable: true,
      signal: options.signal,
    });
    if (!isIntrospection(answer)) {
      throw notOurs();
    }
    return answer;
  }

  /** Reads a session; null when it is not known. Never counts as activity. An ended session is known for a while: see `state`. */
  async get(sid: string, options: ReadOptions = {}): Promise<Session | null> {
    const reply = await this.#transport.find({
      method: 'GET',
      path: sessionPath(sid),
      headers: { 'Session-Consistency': consistencyOf(options.consistency) },
      repeatable: true,
      signal: options.signal,
    });
    return reply === undefined ? null : (reply.body as Session);
  }

  /** Reports activity of the user; null when there is no live session. */
  async touch(sid: string, options: { ipAddress?: string | undefined } & CallOptions = {}): Promise<Session | null> {
    const reply = await this.#transport.find({
      method: 'POST',
      path: `${sessionPath(sid)}/touch`,
      body: options.ipAddress === undefined ? undefined : { ipAddress: options.ipAddress },
      repeatable: true,
      signal: options.signal,
    });
    return reply === undefined ? null : (reply.body as Session);
  }

  /** Gives the session a new token; the old one ends at once. Not repeated: a second rotation would end the token of the first. */
  async rotate(sid: string, rotation: Rotation = {}, options: CallOptions = {}): Promise<IssuedSession> {
    const reply = await this.#transport.send({
      method: 'POST',
      path: `${sessionPath(sid)}/rotate`,
      body: rotation,
      repeatable: false,
      signal: options.signal,
    });
    return reply.body as IssuedSession;
  }

  /** Sets the ends of a session within the policy; null when that ended it. */
  async setExpiry(sid: string, expiry: Expiry, options: CallOptions = {}): Promise<Session | null> {
    const reply = await this.#transport.send({
      method: 'PUT',
      path: `${sessionPath(sid)}/expiry`,
      body: expiry,
      repeatable: true,
      signal: options.signal,
    });
    return reply.status === 200 ? (reply.body as Session) : null;
  }

  /** Ends a session; idempotent. `effectiveBy` says when at the latest, if a cache could not confirm. */
  async revoke(sid: string, options: { reason?: string } & CallOptions = {}): Promise<Effect> {
    const reply = await this.#transport.find({
      method: 'DELETE',
      path: sessionPath(sid),
      query: { reason: options.reason },
      repeatable: true,
      signal: options.signal,
    });
    return (reply?.body ?? {}) as Effect;
  }

  /** Ends all sessions of a user in one transaction, but for the sid `except`. */
  async revokeAll(
    userId: string,
    options: { except?: string; reason?: string } & CallOptions = {},
  ): Promise<EndedCount> {
    const reply = await this.#transport.send({
      method: 'DELETE',
      path: '/v1/sessions',
      query: { userId, except: options.except, reason: options.reason },
      repeatable: true,
      signal: options.signal,
    });
    return reply.body as EndedCount;
  }

  /** Lists a user's sessions, newest first, page by page as they are read. */
  async *list(
    userId: string,
    options: { state?: ListedState; pageSize?: number } & ReadOptions = {},
  ): AsyncGenerator<SessionListItem, void, undefined> {
    let continuation: string | undefined;
    do {
      const reply = await this.#transport.send({
        method: 'GET',
        path: '/v1/sessions',
        query: { userId, state: options.state, pageSize: options.pageSize, continuation },
        headers: { 'Session-Consistency': consistencyOf(options.consistency) },
        repeatable: true,
        signal: options.signal,
      });
      const page = reply.body as { sessions: SessionListItem[]; continuation?: string };
      yield* page.sessions;
      continuation = page.continuation;
    } while (continuation !== undefined);
  }

  /** Counts a user's sessions. */
  async count(userId: string, options: { state?: ListedState } & ReadOptions = {}): Promise<number> {
    const reply = await this.#transport.send({
      method: 'GET',
      path: '/v1/sessions',
      query: { userId, state: options.state, countOnly: true },
      headers: { 'Session-Consistency': consistencyOf(options.consistency) },
      repeatable: true,
      signal: options.signal,
    });
    return (reply.body as { count: number }).count;
  }

  /**
   * Waits until the session of a token has other content than a version, another token, or has ended, or is about to expire; without
   * `since` it is read at once. Holds for `waitSeconds`, as far as the service waits. Never counts as activity.
   */
  async awaitChange(
    token: string,
    options: { since?: number; waitSeconds?: number } & CallOptions = {},
  ): Promise<SessionChange> {
    try {
      const reply = await this.#transport.send({
        method: 'GET',
        path: '/v1/session/changes',
        query: { since: options.since },
        token,
        waitSeconds: options.waitSeconds ?? 25,
        repeatable: true,
        signal: options.signal,
      });
      return reply.status === 304
        ? { state: 'unchanged', retryAfter: retryAfterOf(reply.headers) ?? 0 }
        : { state: 'changed', session: reply.body as OwnSession };
    } catch (error) {
      if (error instanceof SessionsError && error.status === 401 && error.insufficient === undefined) {
        const { reason, endedAt } = error;
        return { state: 'ended', end: reason === undefined ? null : { reason, endedAt: endedAt ?? '' } };
      }
      throw error;
    }
  }

  /**
   * Reads the events after a cursor, and waits for one when there is none. A `cursor-expired` error (410) means that events are lost to
   * this reader; it begins again without a cursor.
   */
  async events(
    options: { after?: string; limit?: number; waitSeconds?: number } & CallOptions = {},
  ): Promise<EventPage> {
    const reply = await this.#transport.send({
      method: 'GET',
      path: '/v1/events',
      query: { after: options.after, limit: options.limit },
      waitSeconds: options.waitSeconds ?? 25,
      repeatable: true,
      signal: options.signal,
    });
    return reply.body as EventPage;
  }

  /** Tells the holder of a token why its session ended; null when the session is live or the token was never genuine. */
  async endOf(token: string, options: CallOptions = {}): Promise<SessionEnd | null> {
    if (!/^sst_[A-Za-z0-9_-]+$/.test(token)) {
      return null;
    }
    try {
      await this.#transport.send({
        method: 'GET',
        path: '/v1/session',
        token,
        repeatable: true,
        signal: options.signal,
      });
      return null;
    } catch (error) {
      if (error instanceof SessionsError && error.status === 401) {
        return error.reason === undefined ? null : { reason: error.reason, endedAt: error.endedAt ?? '' };
      }
      throw error;
    }
  }
}

function isIntrospection(answer: unknown): answer is Introspection {
  const { active, session } = (answer ?? {}) as { active?: unknown; session?: { sid?: unknown } };
  return active === false || (active === true && typeof session?.sid === 'string');
}
