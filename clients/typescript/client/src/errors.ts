import type { Problem, Requirement } from './types.js';

const typePrefix = 'urn:session-functions:problem:';

/** Answer of the session service that is not a success. No text of it holds a token or a key. */
export class SessionsError extends Error {
  override readonly name: string = 'SessionsError';
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  /** Name of the problem, such as `session-ended`; `unknown` when the answer was no problem document. */
  readonly type: string;
  /** Members of the request that are wrong, where the service tells them apart; `maximum` is the largest value that it allows. */
  readonly errors: NonNullable<Problem['errors']>;
  /** What is wrong in this request, and what is allowed. */
  readonly detail: string | undefined;
  /** Seconds to wait before another attempt, as the service said. */
  readonly retryAfter: number | undefined;
  /** Why the session ended: of `session-ended`, and of `unauthenticated` for the holder of its token. */
  readonly reason: string | undefined;
  /** When it ended. */
  readonly endedAt: string | undefined;
  /** What the sign-in lacks: of `sign-in-insufficient`. */
  readonly insufficient: Requirement | undefined;

  constructor(message: string, status: number, problem?: Partial<Problem>, retryAfter?: number) {
    super(message);
    this.status = status;
    this.type = problem?.type?.startsWith(typePrefix) ? problem.type.slice(typePrefix.length) : 'unknown';
    this.errors = problem?.errors ?? [];
    this.detail = problem?.detail ?? detailOf(problem);
    this.retryAfter = retryAfter;
    this.reason = problem?.reason;
    this.endedAt = problem?.endedAt;
    this.insufficient = problem?.insufficient;
  }
}

/** The service did not answer in time, could not be reached, or answered that it cannot tell. The outcome of a write is not known. */
export class SessionsUnavailableError extends SessionsError {
  override readonly name: string = 'SessionsUnavailableError';
}

/** Makes the error of an answer. */
export function errorOf(status: number, body: unknown, retryAfter: number | undefined): SessionsError {
  const problem = isProblem(body) ? body : undefined;
  const known = new SessionsError('', status, problem);
  const text = [problem?.title ?? 'The session service gave an unexpected answer.', known.detail]
    .filter(Boolean)
    .join(' ');
  const message = `${text} (${status}${known.type === 'unknown' ? '' : ` ${known.type}`})`;
  return status === 502 || status === 503 || status === 504
    ? new SessionsUnavailableError(message, status, problem, retryAfter)
    : new SessionsError(message, status, problem, retryAfter);
}

/** Makes the error of an answer that the service does not give. */
export function notOurs(): SessionsUnavailableError {
  return new SessionsUnavailableError('The session service cannot be reached: what answered is not the service.', 0);
}

/** Makes an error of its own for each caller of a shared call: what one does with it does not reach the others. */
export function copyOf(error: unknown): unknown {
  if (!(error instanceof SessionsError)) {
    return error;
  }
  const problem: Partial<Problem> = JSON.parse(JSON.stringify({ ...error, type: typePrefix + error.type }));
  const Kind = error instanceof SessionsUnavailableError ? SessionsUnavailableError : SessionsError;
  return new Kind(error.message, error.status, problem, error.retryAfter);
}

function detailOf(problem: Partial<Problem> | undefined): string | undefined {
  const first = problem?.errors?.[0];
  if (first === undefined) {
    return undefined;
  }
  const place = first.pointer ?? first.parameter ?? first.header;
  return place === undefined ? first.detail : `${place}: ${first.detail}`;
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && typeof (body as Problem).type === 'string';
}
