import type { JsonObject } from '@session-functions/client';

/** Longest lifetime that the API reads: ten years. The policy's is shorter. */
export const longestSeconds = 315_360_000;

/**
 * Lifetimes up to this are kept to the millisecond by the `expires` that is saved with the session. The API counts in seconds and writes
 * activity at most once a minute.
 */
const exactUpToMs = 60_000;

interface CookieFacts {
  originalMaxAge: number | null;
  expiresMs: number | null;
}

/** Whether the cookie of a session to be saved is past its end. */
export function isExpired(session: JsonObject, now: number = Date.now()): boolean {
  const { expiresMs } = factsOf(session);
  return expiresMs !== null && expiresMs <= now;
}

/** Whether the saved session itself says that it is over. Longer lifetimes are judged by the API alone. */
export function hasLapsed(session: JsonObject, now: number = Date.now()): boolean {
  return isExact(session) && isExpired(session, now);
}

/** Whether activity has to be written into the saved session. */
export function isExact(session: JsonObject): boolean {
  const { originalMaxAge } = factsOf(session);
  return originalMaxAge !== null && originalMaxAge <= exactUpToMs;
}

/** Idle timeout that the cookie asks for; undefined for a cookie that ends with the browser. */
export function idleTimeoutSecondsOf(session: JsonObject, now: number = Date.now()): number | undefined {
  const { originalMaxAge, expiresMs } = factsOf(session);
  const ms = originalMaxAge ?? (expiresMs === null ? null : expiresMs - now);
  return ms === null ? undefined : Math.min(longestSeconds, Math.max(1, Math.ceil(ms / 1000)));
}

/** Whether the cookie of a request asks for the lifetime that the saved session has; the moving `expires` of a rolling one does not count. */
export function isSameLifetime(saved: JsonObject, idleTimeoutSeconds: number, mine: JsonObject): boolean {
  return hasInstant(mine)
    ? idleTimeoutSecondsOf(mine) === idleTimeoutSeconds
    : factsOf(mine).originalMaxAge === factsOf(saved).originalMaxAge;
}

/** Whether a cookie names an instant only. A touch moves the end of its session and leaves what was saved, as `connect-redis` does. */
export function hasInstant(session: JsonObject): boolean {
  const { originalMaxAge, expiresMs } = factsOf(session);
  return originalMaxAge === null && expiresMs !== null;
}

/** Whether a cookie bounds the lifetime of its session. */
export function isBounded(session: JsonObject): boolean {
  const { originalMaxAge, expiresMs } = factsOf(session);
  return originalMaxAge !== null || expiresMs !== null;
}

/**
 * Brings `expires` of what was saved up to date: a touch does not write it, and express-session takes it for the end of the session until
 * the end of the request.
 */
export function renewExpires(session: JsonObject, idleSeconds: number, now: number = Date.now()): void {
  if (!isExact(session) && factsOf(session).originalMaxAge !== null) {
    session['cookie'] = {
      ...(session['cookie'] as JsonObject),
      expires: new Date(now + idleSeconds * 1000).toISOString(),
    };
  }
}

function factsOf(session: JsonObject): CookieFacts {
  const cookie = session['cookie'] as { originalMaxAge?: unknown; expires?: unknown } | null | undefined;
  const maxAge = cookie?.originalMaxAge;
  const expires = cookie?.expires;
  const expiresMs = typeof expires === 'string' || expires instanceof Date ? new Date(expires).getTime() : Number.NaN;
  return {
    originalMaxAge: typeof maxAge === 'number' && Number.isFinite(maxAge) ? maxAge : null,
    expiresMs: Number.isNaN(expiresMs) ? null : expiresMs,
  };
}
