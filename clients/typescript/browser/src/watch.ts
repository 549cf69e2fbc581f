import type { OwnSession } from '@session-functions/client';
import { type OwnApi, SessionEndedError, SessionUnreachableError } from './api.js';
import type { SessionState } from './events.js';

/** Longest time that a request waits, in seconds; the service may allow less. */
const waitSeconds = 25;

/** Shortest time between two requests, whatever they answer, in milliseconds. */
const shortestPauseMs = 1000;
const longestPauseMs = 60_000;

/** What the watch needs of the session in this tab. */
export interface Watched {
  readonly state: SessionState;
  readonly session: OwnSession | null;
  addEventListener: EventTarget['addEventListener'];
}

/**
 * Waits at the service for changes of the session: a sign-out elsewhere, new claims, the coming end. One tab waits for all; when it
 * closes, another takes over. A service that does not offer it is left alone.
 */
export class ChangeWatch {
  readonly #api: OwnApi;
  readonly #lock: string;
  readonly #watched: Watched;
  readonly #take: (news: OwnSession | SessionEndedError) => void;
  #stop: AbortController | undefined;

  constructor(api: OwnApi, lock: string, watched: Watched, take: (news: OwnSession | SessionEndedError) => void) {
    this.#api = api;
    this.#lock = lock;
    this.#watched = watched;
    this.#take = take;
  }

  start(): void {
    if (this.#stop !== undefined) {
      return;
    }
    const stop = new AbortController();
    this.#stop = stop;
    navigator.locks
      .request(this.#lock, { signal: stop.signal }, () => this.#follow(stop.signal))
      .catch((error: unknown) => {
        if (!stop.signal.aborted) {
          throw error;
        }
      });
  }

  stop(): void {
    this.#stop?.abort();
    this.#stop = undefined;
  }

  async #follow(signal: AbortSignal): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      const session = this.#current();
      if (session === null) {
        await this.#changed(signal);
        continue;
      }
      let pause = shortestPauseMs;
      try {
        const answer = await this.#api.changes(session.version, waitSeconds, signal);
        failures = 0;
        pause = Math.max(pause, answer.retryAfter * 1000);
        if (answer.session !== null && this.#current()?.sid === session.sid) {
          this.#take(answer.session);
        }
      } catch (error) {
        if (signal.aborted) {
          return;
        }
        if (error instanceof SessionEndedError) {
          if (this.#current()?.sid === session.sid) {
            this.#take(error);
          }
        } else if (error instanceof SessionUnreachableError && isTemporary(error.status)) {
          failures++;
          pause = Math.max((error.retryAfter ?? 0) * 1000, Math.min(longestPauseMs, shortestPauseMs * 2 ** failures));
        } else {
          return;
        }
      }
      await sleep(pause, signal);
    }
  }

  #current(): OwnSession | null {
    return this.#watched.state === 'live' ? this.#watched.session : null;
  }

  #changed(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      this.#watched.addEventListener('change', () => resolve(), { once: true, signal });
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }
}

const isTemporary = (status: number) => status === 0 || status === 429 || status >= 500;

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end, { once: true });
  });
}
