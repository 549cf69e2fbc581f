import type { Consistency } from './types.js';

// A token or a framework's id passed by mistake must not become part of a URL, which logs keep. The text of the error leaves it out.

/** Path of a session. */
export function sessionPath(sid: string): string {
  if (!/^ses_[A-Za-z0-9_-]+$/.test(sid)) {
    throw new TypeError("The sid of a session must begin with 'ses_'.");
  }
  return `/v1/sessions/${sid}`;
}

/** Path of the ending of a session. */
export function endingPath(sid: string): string {
  return sessionPath(sid).replace('/sessions/', '/endings/');
}

/** Path of a keyed session. */
export function keyedPath(key: string): string {
  if (!/^[A-Za-z0-9_-]{43}$/.test(key)) {
    throw new TypeError('The key of a session must be 43 base64url characters, as sessionKey(id) makes them.');
  }
  return `/v1/keyed-sessions/${key}`;
}

/** Value of `Session-Consistency`. */
export function consistencyOf(consistency: Consistency | undefined): string | undefined {
  return typeof consistency === 'object' ? `max-age=${consistency.maxAgeSeconds}` : consistency;
}
