import { SessionsError, SessionsUnavailableError } from '@session-functions/client';

/**
 * Failure of the store or the middleware. `status` is what the app should answer: 503 when the service cannot tell, else 500. The status of
 * the service's answer is not passed on, because Express would answer a user 401 for a refused service key.
 */
export class SessionStoreError extends Error {
  override readonly name = 'SessionStoreError';
  /** Name of the problem, such as `data-too-large`. */
  readonly code: string;
  readonly status: number;
  /** The same, as Fastify reads it. */
  readonly statusCode: number;
  /** Seconds to wait before another attempt, as the service said. */
  readonly retryAfter: number | undefined;

  constructor(message: string, code: string, status: number, retryAfter?: number) {
    super(message);
    this.code = code;
    this.status = status;
    this.statusCode = status;
    this.retryAfter = retryAfter;
  }
}

const cannotTell = new Set([401, 403, 429]);

/** Makes the error that callers see. */
export function storeErrorOf(error: unknown): unknown {
  if (!(error instanceof SessionsError)) {
    return error;
  }
  const unavailable = error instanceof SessionsUnavailableError || cannotTell.has(error.status);
  return new SessionStoreError(
    error.message,
    unavailable ? 'unavailable' : error.type,
    unavailable ? 503 : 500,
    error.retryAfter,
  );
}
