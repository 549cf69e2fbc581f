import type { SessionsClient } from './client.js';
import { SessionsError } from './errors.js';
import { RecentEndings } from './recent-endings.js';
import type { EndingsPage } from './types.js';

/** What a feed knows of a session. `ended` is final; `unknown`: the feed is older than allowed. */
export type Verdict = 'ended' | 'not-ended' | 'unknown';

/** The clocks of this machine, in milliseconds. */
export interface MachineClocks {
  /** Never goes back, but may stand still while the machine sleeps. */
  monotonic: () => number;
  /** May be set back. */
  wall: () => number;
}

/** Options of a feed. */
export interface EndingsFeedOptions {
  /** The age up to which the feed is used, in milliseconds: 1,000 to 60,000. Default 5,000. */
  maxAgeMs?: number;
  /** Receives one line when the feed fails. Default: `console.warn`. */
  onWarning?: (message: string) => void;
  /** Default: `performance.now()` and `Date.now()`. */
  clocks?: MachineClocks;
}

/** How far the clocks of the service and of this machine may differ. */
const clockSkewMs = 30_000;
const longestWaitSeconds = 25;
const leastPauseBetweenPollsMs = 250;
const mostPauseWithNewsMs = 500;
const shortestPauseMs = 50;
const longestPauseMs = 10_000;

/**
 * Follows the endings of sessions, and knows how old its knowledge is: the age counts from the asking of a poll, never from the arrival of
 * its answer. One serves a whole process. The client's service needs the scope `sessions.endings`.
 */
export class EndingsFeed {
  /** The age up to which the feed is used. */
  readonly maxAgeMs: number;
  readonly #client: SessionsClient;
  readonly #clocks: MachineClocks;
  readonly #onWarning: (message: string) => void;
  readonly #recent = new RecentEndings();
  #known: { monotonic: number; wall: number; ageMs: number } | undefined;
  #revokedBefore = Number.NEGATIVE_INFINITY;
  #heldSince = Number.NEGATIVE_INFINITY;
  #lifetimeSeconds: number | undefined;
  #isClockBehind = false;
  #isFailing = false;
  #cursor: string | undefined;
  #stopping: AbortController | undefined;

  constructor(client: SessionsClient, options: EndingsFeedOptions = {}) {
    this.maxAgeMs = options.maxAgeMs ?? 5000;
    if (!(this.maxAgeMs >= 1000 && this.maxAgeMs <= 60_000)) {
      throw new TypeError('maxAgeMs must be 1000 to 60000.');
    }
    this.#client = client;
    this.#clocks = options.clocks ?? { monotonic: () => performance.now(), wall: () => Date.now() };
    this.#onWarning = options.onWarning ?? ((message) => console.warn(message));
  }

  /** How old the knowledge is, in milliseconds; undefined while there is none. */
  get ageMs(): number | undefined {
    return this.#known === undefined ? undefined : this.#since(this.#known) + this.#known.ageMs;
  }

  /** Longest life of a passport that the service issues; undefined while it is not known. */
  get lifetimeSeconds(): number | undefined {
    return this.#lifetimeSeconds;
  }

  /** Starts to follow, until `stop()`. Does not keep a process alive between two polls. */
  start(): void {
    if (this.#stopping === undefined) {
      this.#stopping = new AbortController();
      void this.#follow(this.#stopping.signal);
    }
  }

  /** Stops following. What is known grows old. */
  stop(): void {
    this.#stopping?.abort();
    this.#stopping = undefined;
  }

  /**
   * Tells what is known of a session: of `sidHash(sid)`, of when it was created, and of when it was known to be live, such as the instant at
   * which its passport was issued; both in milliseconds since 1970 by the clock of the service.
   */
  judge(hash: string, createdMs: number, knownLiveMs: number): Verdict {
    if (createdMs < this.#revokedBefore || this.#recent.has(hash)) {
      return 'ended';
    }
    const age = this.ageMs;
    const isFresh = !this.#isClockBehind && age !== undefined && age <= this.maxAgeMs;
    return isFresh && knownLiveMs >= this.#heldSince ? 'not-ended' : 'unknown';
  }

  /** Asks once; resolves to the milliseconds to wait before the next time. `start()` does that. */
  async poll(signal?: AbortSignal): Promise<number> {
    const asked = { monotonic: this.#clocks.monotonic(), wall: this.#clocks.wall() };
    const page = await this.#client.passports.endings(this.#cursor, {
      // Half of the age, so that the next answer is there before the last one is too old.
      waitSeconds: Math.min(longestWaitSeconds, Math.floor(this.maxAgeMs / 2000)),
      signal,
    });
    this.#cursor = page?.cursor;
    if (page === null) {
      // Another deployment, or a pause beyond what the service keeps: what is known stays, and all is read anew.
      return shortestPauseMs;
    }
    this.#take(page, asked);
    if (page.more) {
      return 0;
    }
    // A service that always has news is not asked without end, and neither is one that does not wait.
    // What comes meanwhile comes in one answer, and is still told in time.
    const withNews = Math.min(mostPauseWithNewsMs, this.maxAgeMs / 10);
    const pause = page.endings.length > 0 ? withNews : this.maxAgeMs / 3 - this.#since(asked);
    return Math.max(leastPauseBetweenPollsMs, pause);
  }

  #take(page: EndingsPage, asked: { monotonic: number; wall: number }): void {
    const now = this.#clocks.monotonic();
    const readAt = page.completeAsOf === undefined ? undefined : Date.parse(page.completeAsOf) + page.ageMilliseconds;
    const keepMs = page.keepSeconds * 1000;
    this.#recent.prune(now);
    for (const { hash, endedAt } of page.endings) {
      // Kept for longer when the page does not tell how long ago that was.
      const left = keepMs - (readAt === undefined ? 0 : Math.max(0, readAt - Date.parse(endedAt)));
      if (left > 0) {
        this.#recent.add(hash, now, left, keepMs);
      }
    }
    if (page.revokedBefore !== undefined) {
      this.#revokedBefore = Math.max(this.#revokedBefore, Date.parse(page.revokedBefore));
    }
    this.#heldSince = Math.max(this.#heldSince, Date.parse(page.heldSince));
    this.#lifetimeSeconds = page.lifetimeSeconds;
    if (page.more || readAt === undefined) {
      return;
    }
    // The service cannot have held the request for longer than the answer took.
    const ageMs = page.ageMilliseconds - Math.min(page.heldMilliseconds, now - asked.monotonic);
    const known = this.ageMs;
    this.#isClockBehind = readAt > this.#clocks.wall() + clockSkewMs;
    if (known === undefined || this.#since(asked) + ageMs < known) {
      this.#known = { ...asked, ageMs };
    }
  }

  // The clock that counted more: one stands still while the machine sleeps, the other may be set back.
  #since(moment: { monotonic: number; wall: number }): number {
    return Math.max(this.#clocks.monotonic() - moment.monotonic, this.#clocks.wall() - moment.wall);
  }

  async #follow(signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted; ) {
      let pause: number;
      try {
        pause = await this.poll(signal);
        failures = 0;
        this.#isFailing = false;
      } catch (error) {
        if (signal.aborted) {
          return;
        }
        failures++;
        pause = pauseAfter(failures, error);
        this.#warn(error);
      }
      await sleep(pause, signal);
    }
  }

  #warn(error: unknown): void {
    if (!this.#isFailing) {
      this.#isFailing = true;
      const detail = error instanceof SessionsError ? error.message : 'Unexpected error.';
      this.#onWarning(
        `The feed of ended sessions cannot be read; each passport is asked for meanwhile, and what cannot be known is refused. ${detail}`,
      );
    }
  }
}

/** How the feed names a session: the first 16 bytes of SHA-256 over its sid, in base64url. */
export async function sidHash(sid: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(sid)));
  return btoa(String.fromCharCode(...hash.subarray(0, 16)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

function pauseAfter(failures: number, error: unknown): number {
  const known = error instanceof SessionsError ? error : undefined;
  // A refusal is mended by an operator, not by asking again.
  const isRefused = known !== undefined && [400, 401, 403, 404].includes(known.status);
  const pause = isRefused ? longestPauseMs : shortestPauseMs * 2 ** Math.min(failures, 6);
  return Math.min(longestPauseMs, Math.max(pause, (known?.retryAfter ?? 0) * 1000));
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    // Of Node only: a process that has nothing else to do may end.
    (timer as { unref?: () => void }).unref?.();
    signal.addEventListener('abort', done, { once: true });
  });
}
