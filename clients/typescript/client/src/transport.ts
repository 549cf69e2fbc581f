import { Deadline } from './deadline.js';
import { errorOf, notOurs, SessionsError, SessionsUnavailableError } from './errors.js';
import { environment } from './platform.js';
import { backoff, retryAfterOf, wait } from './retry.js';

/** Obtains the service key or an access token for each request. */
export type KeySource = string | (() => string | Promise<string>);

/** Options of every client. */
export interface TransportOptions {
  /** Address of the API with its base path, such as `https://sessions.example.com/api`. Default: `SESSIONS_URL` of the environment. */
  url?: string | URL;
  /** The service key, or a function that obtains an access token. Default: `SESSIONS_KEY` of the environment. */
  key?: KeySource;
  /** Most time for one call with all its attempts, in milliseconds. Default 3000. */
  timeoutMs?: number;
  /** Most attempts of a call that is safe to repeat. Default 3. */
  attempts?: number;
  /** Sends a request. Default: the `fetch` of the platform. */
  fetch?: typeof fetch;
  /** Receives one line for an operator, such as a refused key. Default: `console.warn`. */
  onWarning?: (message: string) => void;
}

/** A call of the API. */
export interface Call {
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  query?: Record<string, string | number | boolean | undefined>;
  body?: unknown;
  contentType?: string;
  headers?: Record<string, string | undefined>;
  /** Whether a second attempt does no harm when the first one took effect. */
  repeatable: boolean;
  /** For how long the service may hold the answer until there is news, in seconds. The time-out grows by it. */
  waitSeconds?: number;
  /** When the call was asked for, by `performance.now()`, if before it is sent: its time-out counts from then. */
  since?: number;
  /** Replaces the service key. */
  token?: string;
  signal?: AbortSignal | undefined;
}

/** An answer with success. */
export interface Reply {
  status: number;
  headers: Headers;
  body: unknown;
}

/** Sends calls: adds the key, repeats what is safe to repeat, and ends in time. */
export class Transport {
  readonly #base: string;
  readonly #key: KeySource;
  readonly #timeoutMs: number;
  readonly #attempts: number;
  readonly #fetch: typeof fetch;
  readonly #onWarning: (message: string) => void;
  #keyRefused = false;

  constructor(options: TransportOptions) {
    const url = options.url ?? environment('SESSIONS_URL');
    const key = options.key ?? environment('SESSIONS_KEY');
    if (url === undefined) {
      throw new TypeError(
        'The address of the session API is missing. Set url or SESSIONS_URL, such as https://sessions.example.com/api.',
      );
    }
    if (key === undefined || key === '') {
      throw new TypeError('The service key is missing. Set key or SESSIONS_KEY.');
    }
    if (typeof key === 'string' && /\s/.test(key)) {
      throw new TypeError(
        'The service key must not contain white space. A line break at the end of a file is a common cause.',
      );
    }
    this.#base = baseOf(url);
    this.#key = key;
    this.#timeoutMs = options.timeoutMs ?? 3000;
    this.#attempts = options.attempts ?? 3;
    this.#fetch = options.fetch ?? ((input, init) => fetch(input, init));
    this.#onWarning = options.onWarning ?? ((message) => console.warn(message));
  }

  /** Sends a call. Rejects with `SessionsError`, `SessionsUnavailableError`, or the reason of the caller's signal. */
  async send(call: Call): Promise<Reply> {
    const deadline = new Deadline(this.#timeoutOf(call), call.signal);
    try {
      for (let attempt = 1; ; attempt++) {
        const outcome = await this.#attempt(call, deadline, attempt);
        if (!(outcome instanceof SessionsError)) {
          return outcome;
        }
        await this.#pauseOrThrow(call, outcome, attempt, deadline);
      }
    } finally {
      deadline.end();
    }
  }

  /** Sends a call, and resolves to undefined where the answer is 404. */
  async find(call: Call): Promise<Reply | undefined> {
    try {
      return await this.send(call);
    } catch (error) {
      if (error instanceof SessionsError && error.status === 404 && error.type === 'session-not-found') {
        return undefined;
      }
      throw error;
    }
  }

  async #attempt(call: Call, total: Deadline, attempt: number): Promise<Reply | SessionsError> {
    // A repeatable call that got no answer in half of the time has a second chance in the rest.
    const share = call.repeatable && this.#attempts > 1 && attempt === 1 ? this.#timeoutMs / 2 : this.#timeoutOf(call);
    const deadline = new Deadline(share, total.signal);
    try {
      const response = await this.#fetch(this.#urlOf(call), {
        ...(await this.#requestOf(call)),
        signal: deadline.signal,
        redirect: 'manual',
      });
      const body = await bodyOf(response);
      if (response.ok && response.status !== 204 && body === undefined) {
        return notOurs();
      }
      if (response.ok || response.status === 304) {
        this.#keyRefused = false;
        return { status: response.status, headers: response.headers, body };
      }
      this.#warn(call, response.status);
      return errorOf(response.status, body, retryAfterOf(response.headers));
    } catch (error) {
      if (error instanceof KeyError) {
        throw new SessionsUnavailableError('The key function failed, so the session service was not called.', 0);
      }
      if (call.signal?.aborted) {
        throw call.signal.reason;
      }
      return new SessionsUnavailableError(
        deadline.passed || total.passed
          ? `The session service did not answer within ${this.#timeoutMs} ms.`
          : `The session service cannot be reached${codeOf(error)}.`,
        0,
      );
    } finally {
      deadline.end();
    }
  }

  async #pauseOrThrow(call: Call, error: SessionsError, attempt: number, deadline: Deadline): Promise<void> {
    const started = performance.now();
    const isRefusedUnread = error.status === 429;
    const mayRepeat = isRefusedUnread || (call.repeatable && error instanceof SessionsUnavailableError);
    if (!mayRepeat || attempt >= this.#attempts || deadline.passed) {
      throw error;
    }
    const pause =
      error.retryAfter === undefined ? backoff(attempt) : Math.max(error.retryAfter * 1000, backoff(attempt));
    if (pause >= this.#timeoutMs) {
      throw error;
    }
    try {
      await wait(pause, deadline.signal);
    } catch {
      throw call.signal?.aborted ? call.signal.reason : error;
    }
    // A timer of a suspended machine may fire late.
    if (performance.now() - started > this.#timeoutMs) {
      throw error;
    }
  }

  #timeoutOf(call: Call): number {
    const passed = call.since === undefined ? 0 : performance.now() - call.since;
    return this.#timeoutMs - passed + (call.waitSeconds ?? 0) * 1000;
  }

  #urlOf(call: Call): string {
    const query = Object.entries(call.query ?? {})
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
    return `${this.#base}${call.path}${query.length === 0 ? '' : `?${query.join('&')}`}`;
  }

  async #requestOf(call: Call): Promise<RequestInit> {
    const headers: Record<string, string> = { Accept: 'application/json, application/problem+json' };
    for (const [name, value] of Object.entries(call.headers ?? {})) {
      if (value !== undefined) {
        headers[name] = value;
      }
    }
    if (call.waitSeconds !== undefined && call.waitSeconds > 0) {
      headers['Prefer'] = `wait=${call.waitSeconds}`;
    }
    headers['Authorization'] = `Bearer ${call.token ?? (await this.#readKey())}`;
    if (call.body === undefined) {
      return { method: call.method, headers };
    }
    headers['Content-Type'] = call.contentType ?? 'application/json';
    return { method: call.method, headers, body: JSON.stringify(call.body) };
  }

  async #readKey(): Promise<string> {
    if (typeof this.#key === 'string') {
      return this.#key;
    }
    try {
      return await this.#key();
    } catch {
      throw new KeyError();
    }
  }

  #warn(call: Call, status: number): void {
    if (status === 401 && call.token === undefined && !this.#keyRefused) {
      this.#keyRefused = true;
      this.#onWarning(
        'The session service refused the service key (401). Check SESSIONS_KEY and the ServiceKeys of the service.',
      );
    }
  }
}

class KeyError extends Error {}

function baseOf(url: string | URL): string {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    throw new TypeError('The address of the session API is not a URL. Expected: https://host/api.');
  }
  if (parsed.username !== '' || parsed.password !== '' || parsed.search !== '') {
    throw new TypeError(
      'The address of the session API must hold neither credentials nor a query. Pass the key as key.',
    );
  }
  return `${parsed.origin}${parsed.pathname.replace(/\/+$/, '')}`;
}

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === '') {
    return undefined;
  }
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

// The cause itself may hold bytes of the request or the answer; its code does not.
function codeOf(error: unknown): string {
  const code = (error as { cause?: { code?: unknown } } | undefined)?.cause?.code;
  return typeof code === 'string' && /^[A-Z0-9_]{1,40}$/.test(code) ? ` (${code})` : '';
}
