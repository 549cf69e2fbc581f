import type { OwnSession } from '@session-functions/client';

/** Time left of a session, measured from the answer that told it. */
export interface TimeLeft {
  /** Seconds left without activity. */
  idleSeconds: number;
  /** Seconds left in any case. */
  seconds: number;
}

/** Two clocks of the page. */
export interface PageClocks {
  wall: () => number;
  monotonic: () => number;
}

/** The clocks of this page. */
export const pageClocks: PageClocks = { wall: () => Date.now(), monotonic: () => performance.now() };

/**
 * Counts down from what the service said was left. Neither clock alone will do: the wall clock may be set, and the monotonic one stands
 * still while a machine sleeps. The larger step counts. At zero the page asks the service.
 */
export class Countdown {
  readonly #clocks: PageClocks;
  readonly #idle: number;
  readonly #absolute: number;
  readonly #wall: number;
  readonly #monotonic: number;

  constructor(
    session: Pick<OwnSession, 'idleExpiresInSeconds' | 'expiresInSeconds'>,
    clocks: PageClocks = pageClocks,
    ageMs = 0,
  ) {
    this.#clocks = clocks;
    this.#idle = session.idleExpiresInSeconds;
    this.#absolute = session.expiresInSeconds;
    this.#wall = clocks.wall() - ageMs;
    this.#monotonic = clocks.monotonic() - ageMs;
  }

  /** What is left now; never below zero. */
  left(): TimeLeft {
    const elapsed = Math.max(0, this.#clocks.wall() - this.#wall, this.#clocks.monotonic() - this.#monotonic) / 1000;
    return {
      idleSeconds: Math.max(0, Math.ceil(Math.min(this.#idle, this.#absolute) - elapsed)),
      seconds: Math.max(0, Math.ceil(this.#absolute - elapsed)),
    };
  }
}
