import type {
  EndedCount,
  IssuedPassport,
  OwnSession,
  OwnSessionListItem,
  Problem,
  SessionEnd,
} from '@session-functions/client';

/** The user's session is over, and why, if the service told. */
export class SessionEndedError extends Error {
  override readonly name = 'SessionEndedError';
  readonly end: SessionEnd | null;

  constructor(end: SessionEnd | null) {
    super('The session has ended.');
    this.end = end;
  }
}

/** The service or the network gave no usable answer: nothing is known about the session. */
export class SessionUnreachableError extends Error {
  override readonly name = 'SessionUnreachableError';
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  /** Seconds to wait, as the service said. */
  readonly retryAfter: number | undefined;

  constructor(status: number, retryAfter?: number) {
    super(status === 0 ? 'The session service cannot be reached.' : `The session service answered ${status}.`);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

/** A call of the user's own session lacks a recent or strong enough sign-in (RFC 9470). */
export class SignInRequiredError extends Error {
  override readonly name = 'SignInRequiredError';
  readonly insufficient: Problem['insufficient'];

  constructor(insufficient: Problem['insufficient']) {
    super('The sign-in does not meet the requirements of the request.');
    this.insufficient = insufficient;
  }
}

/** A list of the user's sessions, and what the service's clock showed. */
export interface DeviceList {
  devices: OwnSessionListItem[];
  /** The service's clock in milliseconds; this device's own may be wrong. */
  serverNow: number;
}

/** Options of the calls. */
export interface ApiOptions {
  /** Address of the API as the page sees it. Default `/api`. */
  url?: string;
  /** Sends a request. Default: the `fetch` of the page. */
  fetch?: typeof fetch;
  /** Most time for one call, in milliseconds. Default 5000. */
  timeoutMs?: number;
}

interface Wait {
  waitSeconds: number;
  signal: AbortSignal;
}

interface Answer {
  body: unknown;
  date: string | null;
  retryAfter: number | undefined;
}

/** The user's own calls, with the cookie and the CSRF header. */
export class OwnApi {
  readonly #url: string;
  readonly #fetch: typeof fetch;
  readonly #timeoutMs: number;
  #csrfToken: string | undefined;

  constructor(options: ApiOptions) {
    this.#url = (options.url ?? '/api').replace(/\/+$/, '');
    this.#fetch = options.fetch ?? ((input, init) => fetch(input, init));
    this.#timeoutMs = options.timeoutMs ?? 5000;
  }

  /** Reads the session; never extends it. */
  async read(): Promise<OwnSession> {
    return this.#taken((await this.#send('GET', '/v1/session')).body as OwnSession);
  }

  /**
   * Waits until the session differs from a version, for as long as the service allows. Rejects with `SessionEndedError` when it has ended.
   * `retryAfter` is set where the service did not wait.
   */
  async changes(
    since: number,
    waitSeconds: number,
    signal: AbortSignal,
  ): Promise<{ session: OwnSession | null; retryAfter: number }> {
    const { body, retryAfter } = await this.#send('GET', `/v1/session/changes?since=${since}`, undefined, {
      waitSeconds,
      signal,
    });
    return { session: body === undefined ? null : this.#taken(body as OwnSession), retryAfter: retryAfter ?? 0 };
  }

  /** Reports activity of the user. */
  async touch(): Promise<OwnSession> {
    return this.#taken((await this.#send('POST', '/v1/session/touch')).body as OwnSession);
  }

  /** Obtains a passport of the session for the back ends of an audience. */
  async passport(audience: string): Promise<IssuedPassport> {
    return (await this.#send('POST', '/v1/session/passport', { audience })).body as IssuedPassport;
  }

  /** Ends the session, or all sessions of the user. */
  async signOut(everywhere: boolean): Promise<void> {
    await this.#send('DELETE', everywhere ? '/v1/me/sessions' : '/v1/session');
  }

  /** Lists the user's sessions, newest first. */
  async devices(): Promise<DeviceList> {
    const devices: OwnSessionListItem[] = [];
    let continuation: string | undefined;
    let date: string | null;
    do {
      const query: string = continuation === undefined ? '' : `?continuation=${encodeURIComponent(continuation)}`;
      const answer = await this.#send('GET', `/v1/me/sessions${query}`);
      const page = answer.body as { sessions: OwnSessionListItem[]; continuation?: string };
      devices.push(...page.sessions);
      continuation = page.continuation;
      date = answer.date;
    } while (continuation !== undefined);
    const serverNow = Date.parse(date ?? '');
    return { devices, serverNow: Number.isNaN(serverNow) ? Date.now() : serverNow };
  }

  /** Ends another session of the user. */
  async endDevice(sid: string): Promise<void> {
    await this.#send('DELETE', `/v1/me/sessions/${encodeURIComponent(sid)}`);
  }

  /** Ends all other sessions of the user. */
  async endOtherDevices(): Promise<EndedCount> {
    return (await this.#send('DELETE', '/v1/me/sessions?except=current')).body as EndedCount;
  }

  #taken(session: OwnSession): OwnSession {
    this.#csrfToken = session.csrfToken ?? this.#csrfToken;
    return session;
  }

  async #send(method: string, path: string, content?: unknown, wait?: Wait): Promise<Answer> {
    const headers: Record<string, string> = { Accept: 'application/json, application/problem+json' };
    if (method !== 'GET') {
      // A back end of the app that serves these calls wants the header only; this API wants the token in it.
      headers['X-Session-CSRF'] = this.#csrfToken ?? (await this.#readToken());
    }
    if (content !== undefined) {
      headers['Content-Type'] = 'application/json';
    }
    if (wait !== undefined) {
      headers['Prefer'] = `wait=${wait.waitSeconds}`;
    }
    const timeout = AbortSignal.timeout(this.#timeoutMs + (wait?.waitSeconds ?? 0) * 1000);
    let response: Response;
    let body: unknown;
    try {
      response = await this.#fetch(this.#url + path, {
        method,
        headers,
        ...(content === undefined ? {} : { body: JSON.stringify(content) }),
        credentials: 'include',
        cache: 'no-store',
        redirect: 'error',
        signal: wait === undefined ? timeout : AbortSignal.any([timeout, wait.signal]),
      });
      const text = await response.text();
      body = text === '' ? undefined : JSON.parse(text);
    } catch {
      throw new SessionUnreachableError(0);
    }
    if (response.ok || response.status === 304) {
      return { body, date: response.headers.get('Date'), retryAfter: retryAfterOf(response) };
    }
    throw this.#errorOf(response, body as Problem | undefined);
  }

  async #readToken(): Promise<string> {
    await this.read();
    return this.#csrfToken ?? 'none';
  }

  #errorOf(response: Response, problem: Problem | undefined): Error {
    if (response.status === 403) {
      // Another tab signed in anew: the token belongs to the former session.
      this.#csrfToken = undefined;
    }
    if (response.status !== 401) {
      return new SessionUnreachableError(response.status, retryAfterOf(response));
    }
    if (problem?.insufficient !== undefined) {
      return new SignInRequiredError(problem.insufficient);
    }
    this.#csrfToken = undefined;
    return new SessionEndedError(
      problem?.reason === undefined ? null : { reason: problem.reason, endedAt: problem.endedAt ?? '' },
    );
  }
}

function retryAfterOf(response: Response): number | undefined {
  const seconds = Number(response.headers.get('Retry-After') ?? Number.NaN);
  return Number.isNaN(seconds) ? undefined : seconds;
}
