import type { OwnSession, SessionEnd } from '@session-functions/client';
import type { TimeLeft } from './countdown.js';

/** What the page knows: `unknown` until the first answer, `offline` while the service cannot be asked. */
export type SessionState = 'unknown' | 'live' | 'ended' | 'offline';

/** The session has changed: state, user or ends. */
export class SessionChangeEvent extends Event {
  readonly state: SessionState;
  readonly session: OwnSession | null;
  /** Why it ended; null when the service does not tell. */
  readonly end: SessionEnd | null;

  constructor(state: SessionState, session: OwnSession | null, end: SessionEnd | null) {
    super('change');
    this.state = state;
    this.session = session;
    this.end = end;
  }
}

/** What is left, once a second while a session is live. */
export class SessionTickEvent extends Event {
  readonly left: TimeLeft;

  constructor(left: TimeLeft) {
    super('tick');
    this.left = left;
  }
}
