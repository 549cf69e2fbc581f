import type { EndedCount, OwnSession, SessionEnd } from '@session-functions/client';
import { type ApiOptions, type DeviceList, OwnApi, SessionEndedError, SessionUnreachableError } from './api.js';
import { Countdown, type TimeLeft } from './countdown.js';
import { SessionChangeEvent, type SessionState, SessionTickEvent } from './events.js';
import { type HeldPassport, TabPassports } from './passports.js';
import { Tabs } from './tabs.js';
import { ChangeWatch } from './watch.js';

/** Options of a browser session. */
export interface BrowserSessionOptions extends ApiOptions {
  /** Name that the tabs of one app share. Default `session-functions`. */
  name?: string;
  /** Whether one tab waits at the service for changes, so that a sign-out elsewhere shows at once. Default true. */
  watch?: boolean;
  /** Whether activity of the user (keys, pointer) renews the session when half of its idle time is over. Default true. */
  renewOnActivity?: boolean;
}

type Message =
  | { kind: 'renewed'; session: OwnSession; at: number }
  | { kind: 'passport'; sid: string | undefined; passport: HeldPassport }
  | { kind: 'ended'; end: SessionEnd | null }
  | { kind: 'changed' };

const activities = ['pointerdown', 'keydown', 'touchstart'] as const;

/**
 * The user's session in this tab. All tabs of an app share one: a renewal in one tab serves all, and a sign-out in one ends all. Only the
 * service says that a session is over; a countdown at zero asks it.
 */
export class BrowserSession extends EventTarget {
  readonly #api: OwnApi;
  readonly #name: string;
  readonly #channel: BroadcastChannel;
  readonly #renewOnActivity: boolean;
  readonly #watch?: ChangeWatch;
  readonly #tabs: Tabs;
  readonly #passports: TabPassports;
  #state: SessionState = 'unknown';
  #session: OwnSession | null = null;
  #end: SessionEnd | null = null;
  #countdown: Countdown | null = null;
  #renewedAt = 0;
  #timer: ReturnType<typeof setInterval> | undefined;
  #asking: Promise<void> | undefined;
  #askAgainAt = 0;
  #endings = 0;

  constructor(options: BrowserSessionOptions = {}) {
    super();
    this.#api = new OwnApi(options);
    this.#name = options.name ?? 'session-functions';
    this.#renewOnActivity = options.renewOnActivity ?? true;
    this.#tabs = new Tabs(this.#name);
    this.#passports = new TabPassports(
      this.#tabs,
      (audience) => this.#endingWith(this.#api.passport(audience)),
      (passport) => this.#tell({ kind: 'passport', sid: this.#session?.sid, passport }),
    );
    if (options.watch !== false) {
      this.#watch = new ChangeWatch(this.#api, `${this.#name}:watch`, this, this.#onNews);
    }
    this.#channel = new BroadcastChannel(this.#name);
    this.#channel.onmessage = (event: MessageEvent<Message>) => this.#hear(event.data);
  }

  get state(): SessionState {
    return this.#state;
  }

  /** The session as its user sees it; null when there is none. */
  get session(): OwnSession | null {
    return this.#session;
  }

  /** Why the session ended. */
  get end(): SessionEnd | null {
    return this.#end;
  }

  /** What is left; null without a live session. */
  get left(): TimeLeft | null {
    return this.#countdown?.left() ?? null;
  }

  /** Reads the session, then keeps it up to date until `stop()`. */
  async start(): Promise<void> {
    addEventListener('online', this.#onReturn);
    addEventListener('pageshow', this.#onReturn);
    document.addEventListener('visibilitychange', this.#onReturn);
    for (const activity of this.#renewOnActivity ? activities : []) {
      addEventListener(activity, this.#onActivity, { passive: true });
    }
    this.#timer ??= setInterval(() => this.#tick(), 1000);
    this.#watch?.start();
    await this.check();
  }

  /** Stops counting and listening. */
  stop(): void {
    this.#watch?.stop();
    clearInterval(this.#timer);
    this.#timer = undefined;
    removeEventListener('online', this.#onReturn);
    removeEventListener('pageshow', this.#onReturn);
    document.removeEventListener('visibilitychange', this.#onReturn);
    for (const activity of activities) {
      removeEventListener(activity, this.#onActivity);
    }
    this.#channel.close();
  }

  /** Asks the service. Never extends the session. Calls at the same time share one request. */
  check(): Promise<void> {
    this.#asking ??= this.#ask(() => this.#api.read()).finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  /** Renews the idle time. Tabs that want to at the same time send one request; the others take its answer. */
  async renew(): Promise<void> {
    const wanted = Date.now();
    await this.#tabs.once(
      'renew',
      () => this.#renewedAt >= wanted,
      () => this.#touch(),
    );
  }

  /**
   * Returns a passport of the session, to call back ends of an audience with `Authorization: Bearer`. It is renewed before it ends, by one
   * request for all tabs. Rejects with `SessionEndedError`, or `SessionUnreachableError` when nothing is known.
   */
  passport(audience: string): Promise<string> {
    return this.#passports.get(audience);
  }

  /** Signs out here and in all tabs; with `everywhere`, on all devices. */
  async signOut(options: { everywhere?: boolean } = {}): Promise<void> {
    try {
      await this.#api.signOut(options.everywhere === true);
    } catch (error) {
      if (!(error instanceof SessionEndedError)) {
        throw error;
      }
    }
    const end = { reason: 'signed-out', endedAt: new Date().toISOString() };
    this.#become('ended', null, end);
    this.#tell({ kind: 'ended', end });
  }

  /** Tells the other tabs that this one signed in or changed the session. */
  async changed(): Promise<void> {
    this.#passports.clear();
    this.#tell({ kind: 'changed' });
    await this.check();
  }

  /** Lists the user's sessions. */
  devices(): Promise<DeviceList> {
    return this.#endingWith(this.#api.devices());
  }

  /** Ends another session of the user. */
  endDevice(sid: string): Promise<void> {
    return this.#endingWith(this.#api.endDevice(sid));
  }

  /** Ends all other sessions of the user. */
  endOtherDevices(): Promise<EndedCount> {
    return this.#endingWith(this.#api.endOtherDevices());
  }

  readonly #onReturn = () => {
    if (document.visibilityState === 'visible' && this.#state !== 'ended') {
      void this.check();
    }
  };

  readonly #onActivity = () => {
    const left = this.left;
    if (
      this.#state === 'live' &&
      left !== null &&
      left.idleSeconds < (this.#session?.idleTimeoutSeconds ?? 0) / 2 &&
      Date.now() >= this.#askAgainAt
    ) {
      // One attempt per second at most, whatever its result.
      this.#askAgainAt = Date.now() + 1000;
      void this.renew();
    }
  };

  #tick(): void {
    const left = this.left;
    if (left === null) {
      return;
    }
    this.dispatchEvent(new SessionTickEvent(left));
    if (left.idleSeconds === 0 && this.#state === 'live' && Date.now() >= this.#askAgainAt) {
      this.#askAgainAt = Date.now() + 5000;
      void this.check();
    }
  }

  readonly #onNews = (news: OwnSession | SessionEndedError) =>
    void this.#ask(() => (news instanceof SessionEndedError ? Promise.reject(news) : Promise.resolve(news)), true);

  #touch(): Promise<void> {
    return this.#ask(() => this.#api.touch(), true);
  }

  async #ask(call: () => Promise<OwnSession>, tells = false): Promise<void> {
    const endings = this.#endings;
    try {
      const session = await call();
      if (endings !== this.#endings) {
        // The session ended while the answer was on its way.
        return;
      }
      this.#renewedAt = tells ? Date.now() : this.#renewedAt;
      if (tells) {
        const { csrfToken: _own, ...shared } = session;
        this.#tell({ kind: 'renewed', session: shared, at: Date.now() });
      }
      this.#countdown = new Countdown(session);
      this.#become('live', session, null);
    } catch (error) {
      if (error instanceof SessionEndedError) {
        this.#become('ended', null, error.end ?? this.#end);
        this.#tell({ kind: 'ended', end: error.end });
      } else if (error instanceof SessionUnreachableError) {
        this.#askAgainAt = Date.now() + (error.retryAfter ?? 5) * 1000;
        this.#become('offline', this.#session, null);
      } else {
        throw error;
      }
    }
  }

  async #endingWith<T>(call: Promise<T>): Promise<T> {
    try {
      return await call;
    } catch (error) {
      if (error instanceof SessionEndedError) {
        this.#become('ended', null, error.end ?? this.#end);
        this.#tell({ kind: 'ended', end: error.end });
      }
      throw error;
    }
  }

  #hear(message: Message): void {
    this.#take(message);
    this.#tabs.heard();
  }

  #take(message: Message): void {
    if (message.kind === 'changed') {
      this.#passports.clear();
      void this.check();
    } else if (message.kind === 'ended') {
      if (this.#state !== 'ended') {
        this.#become('ended', null, message.end);
      }
    } else if (message.kind === 'passport') {
      // That of another session is none of ours: this tab has not heard yet who signed in.
      if (this.#session !== null && this.#session.sid === message.sid) {
        this.#passports.hear(message.passport);
      }
    } else if (this.#session?.sid === message.session.sid) {
      this.#renewedAt = message.at;
      this.#countdown = new Countdown(message.session, undefined, Math.max(0, Date.now() - message.at));
      this.#become('live', message.session, null);
    } else {
      void this.check();
    }
  }

  #tell(message: Message): void {
    // A stopped tab has nothing to tell.
    if (this.#timer !== undefined) {
      this.#channel.postMessage(message);
    }
  }

  #become(state: SessionState, session: OwnSession | null, end: SessionEnd | null): void {
    if (session?.sid !== this.#session?.sid) {
      this.#passports.clear();
    }
    this.#state = state;
    this.#session = session;
    this.#end = end;
    if (state === 'ended') {
      this.#countdown = null;
      this.#endings++;
    }
    this.dispatchEvent(new SessionChangeEvent(state, session, end));
  }
}
