import { type Effect, type EndedCount, type SessionListItem, SessionsClient } from '@session-functions/client';
import { type Call, Transport, type TransportOptions } from '@session-functions/client/transport';
import { arrayOfLines, continuationName } from './lines.js';
import type {
  AuditVerification,
  EffectiveBy,
  EventReplay,
  Job,
  Jobs,
  MaintenanceRun,
  MaintenanceStatus,
  Me,
  NewJob,
  Overview,
  SessionPage,
  TimelinePage,
} from './types.js';

/** Most time for an ordinary call. */
const usualMs = 15_000;

/** Purge and rebuild answer when their time budget is spent: 225 seconds at most. */
const maintenanceMs = 240_000;

type Query = Record<string, string | number | boolean | undefined>;

/** The operations of the API that the console uses. */
export class Api {
  readonly #sessions: SessionsClient;
  readonly #transport: Transport;
  readonly #patient: Transport;

  /** `credential` is asked for before each call; `onRefused` is told when the service does not take it any more. */
  constructor(url: string, credential: () => Promise<string>, onRefused: () => void) {
    const options: TransportOptions = {
      url: new URL(url, location.href),
      key: credential,
      timeoutMs: usualMs,
      fetch: async (input, init) => {
        const answer = await arrayOfLines(input, init);
        if (answer.status === 401) {
          onRefused();
        }
        return answer;
      },
      onWarning: () => undefined,
    };
    this.#sessions = new SessionsClient(options);
    this.#transport = new Transport(options);
    this.#patient = new Transport({ ...options, timeoutMs: maintenanceMs, attempts: 1 });
  }

  me(signal: AbortSignal): Promise<Me> {
    return this.#get('/v1/operations/me', {}, signal);
  }

  overview(signal: AbortSignal): Promise<Overview> {
    return this.#get('/v1/operations/overview', {}, signal);
  }

  maintenance(signal: AbortSignal): Promise<MaintenanceStatus> {
    return this.#get('/v1/operations/status', {}, signal);
  }

  find(by: Query, signal: AbortSignal): Promise<SessionPage> {
    return this.#get('/v1/operations/sessions', by, signal);
  }

  /** Null when the sid is not known. */
  async session(sid: string, signal: AbortSignal): Promise<SessionListItem | null> {
    return (await this.find({ sid }, signal)).sessions[0] ?? null;
  }

  sessionTimeline(sid: string, continuation: string | undefined, signal: AbortSignal): Promise<TimelinePage> {
    return this.#get(`/v1/sessions/${encodeURIComponent(sid)}/timeline`, { continuation }, signal);
  }

  userTimeline(userId: string, continuation: string | undefined, signal: AbortSignal): Promise<TimelinePage> {
    return this.#get('/v1/users/timeline', { userId, continuation }, signal);
  }

  /** What operators did. */
  operatorTimeline(continuation: string | undefined, signal: AbortSignal): Promise<TimelinePage> {
    return this.#get('/v1/operations/timeline', { continuation }, signal);
  }

  endSession(sid: string, reason: string): Promise<Effect> {
    return this.#sessions.revoke(sid, { reason });
  }

  endUser(userId: string, reason: string): Promise<EndedCount> {
    return this.#sessions.revokeAll(userId, { reason });
  }

  /** The sessions that `endUser` would end. */
  async previewEndUser(userId: string, signal: AbortSignal): Promise<EndedCount> {
    const query = { userId, dryRun: true };
    return this.#send<EndedCount>({ method: 'DELETE', path: '/v1/sessions', query, repeatable: true, signal });
  }

  jobs(signal: AbortSignal): Promise<Jobs> {
    return this.#get('/v1/operations/jobs', {}, signal);
  }

  job(id: string, signal: AbortSignal): Promise<Job> {
    return this.#get(`/v1/operations/jobs/${encodeURIComponent(id)}`, {}, signal);
  }

  /** Not repeated: a second try could begin a second job. */
  startJob(job: NewJob): Promise<Job> {
    return this.#send({ method: 'POST', path: '/v1/operations/jobs', body: job, repeatable: false });
  }

  cancelJob(id: string): Promise<Job> {
    return this.#post(`/v1/operations/jobs/${encodeURIComponent(id)}/cancel`);
  }

  resumeJob(id: string): Promise<Job> {
    return this.#post(`/v1/operations/jobs/${encodeURIComponent(id)}/resume`);
  }

  /** A page of the matches of a job. */
  async jobResult(id: string, continuation: string | undefined, signal: AbortSignal): Promise<SessionPage> {
    const reply = await this.#transport.send({
      method: 'GET',
      path: `/v1/operations/jobs/${encodeURIComponent(id)}/result`,
      query: { continuation },
      headers: { Accept: 'application/x-ndjson, application/problem+json' },
      repeatable: true,
      signal,
    });
    const next = reply.headers.get(continuationName);
    const sessions = reply.body as SessionPage['sessions'];
    return next === null ? { sessions } : { sessions, continuation: next };
  }

  purge(): Promise<MaintenanceRun> {
    return this.#maintain('/v1/operations/purge');
  }

  rebuild(userId?: string): Promise<MaintenanceRun> {
    return this.#maintain('/v1/operations/rebuild-indexes', { userId });
  }

  verifyAudit(userId?: string): Promise<AuditVerification> {
    return this.#maintain('/v1/operations/verify-audit', { userId });
  }

  revokeBefore(instant: string): Promise<EffectiveBy> {
    return this.#send({ method: 'POST', path: '/v1/operations/revoke-before', body: { instant }, repeatable: true });
  }

  replayEvents(): Promise<EventReplay> {
    return this.#maintain('/v1/operations/replay-events');
  }

  async #get<T>(path: string, query: Query, signal: AbortSignal): Promise<T> {
    return this.#send({ method: 'GET', path, query, repeatable: true, signal });
  }

  async #post<T>(path: string): Promise<T> {
    return this.#send({ method: 'POST', path, repeatable: true });
  }

  async #maintain<T>(path: string, query: Query = {}): Promise<T> {
    return (await this.#patient.send({ method: 'POST', path, query, repeatable: false })).body as T;
  }

  async #send<T>(call: Call): Promise<T> {
    return (await this.#transport.send(call)).body as T;
  }
}
