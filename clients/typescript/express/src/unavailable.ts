import { SessionStoreError, storeErrorOf } from './errors.js';
import { answerProblem, type WebResponse } from './request.js';

/** Answers 503: the service cannot tell who is signed in, so nobody is taken for signed in or signed out. */
export function answerUnavailable(response: WebResponse, error: unknown): void {
  const known = storeErrorOf(error);
  const retryAfter = known instanceof SessionStoreError ? known.retryAfter : undefined;
  const headers = { 'Retry-After': String(retryAfter ?? 1) };
  answerProblem(response, 503, 'unavailable', 'The session service cannot tell who is signed in; try again.', headers);
}
