import type { IssuedPassport } from '@session-functions/client';
import { SessionEndedError } from './api.js';
import type { Tabs } from './tabs.js';

/** A passport that a tab has, by the clock of this device. */
export interface HeldPassport {
  audience: string;
  token: string;
  /** When it was asked for. */
  at: number;
  /** When it ends. */
  until: number;
}

/** Below this part of its life a passport is renewed while it is used still. */
const renewalShare = 0.25;
/** A request on its way needs some of the life. */
const leastMs = 5000;

/** The passports of a tab, in memory only: no storage of the browser holds one. One request serves all tabs. */
export class TabPassports {
  readonly #tabs: Tabs;
  readonly #request: (audience: string) => Promise<IssuedPassport>;
  readonly #tell: (passport: HeldPassport) => void;
  readonly #held = new Map<string, HeldPassport>();
  readonly #obtaining = new Map<string, Promise<HeldPassport>>();
  #sessions = 0;

  constructor(
    tabs: Tabs,
    request: (audience: string) => Promise<IssuedPassport>,
    tell: (passport: HeldPassport) => void,
  ) {
    this.#tabs = tabs;
    this.#request = request;
    this.#tell = tell;
  }

  /** Returns a passport; renews it before it ends. */
  async get(audience: string): Promise<string> {
    const now = Date.now();
    const held = this.#find(audience, now);
    if (held === undefined) {
      return (await this.#obtain(audience)).token;
    }
    if (held.until - now < (held.until - held.at) * renewalShare) {
      // What is there is good still.
      this.#obtain(audience).catch(() => undefined);
    }
    return held.token;
  }

  /** Takes what another tab obtained for the same session. */
  hear(passport: HeldPassport): void {
    const held = this.#held.get(passport.audience);
    if (held === undefined || passport.until > held.until) {
      this.#held.set(passport.audience, passport);
    }
  }

  /** The session is another one, or none. */
  clear(): void {
    this.#held.clear();
    this.#sessions++;
  }

  // Of a clock that was set back nothing is known.
  #find(audience: string, now: number): HeldPassport | undefined {
    const held = this.#held.get(audience);
    return held !== undefined && now >= held.at && held.until - now > leastMs ? held : undefined;
  }

  #obtain(audience: string): Promise<HeldPassport> {
    let obtaining = this.#obtaining.get(audience);
    if (obtaining === undefined) {
      obtaining = this.#obtainNow(audience).finally(() => this.#obtaining.delete(audience));
      this.#obtaining.set(audience, obtaining);
    }
    return obtaining;
  }

  async #obtainNow(audience: string): Promise<HeldPassport> {
    const [had, session] = [this.#held.get(audience), this.#sessions];
    // Whenever it was asked for: another tab may have begun before this one wanted it.
    const isThere = () => {
      const held = this.#find(audience, Date.now());
      return held !== undefined && held !== had;
    };
    await this.#tabs.once(`passport:${audience}`, isThere, async () => {
      const at = Date.now();
      const { token, expiresInSeconds } = await this.#request(audience);
      if (session === this.#sessions) {
        const passport = { audience, token, at, until: at + expiresInSeconds * 1000 };
        this.#held.set(audience, passport);
        this.#tell(passport);
      }
    });
    const held = this.#held.get(audience);
    if (held === undefined) {
      // The session ended while the answer was on its way.
      throw new SessionEndedError(null);
    }
    return held;
  }
}
