import { SessionsError, SessionsUnavailableError } from '@session-functions/client';
import { texts } from '../texts.js';

/** Why a call of the API gave nothing. */
export type Failure =
  | { kind: 'unavailable' }
  | { kind: 'signedOut' }
  | { kind: 'forbidden' }
  | { kind: 'absent' }
  | { kind: 'refused'; message: string };

/** Sorts an error of a call. An error of this page itself is passed on. */
export function failureOf(error: unknown): Failure {
  if (error instanceof SessionsUnavailableError) {
    return { kind: 'unavailable' };
  }
  if (!(error instanceof SessionsError)) {
    throw error;
  }
  switch (error.status) {
    case 401:
      return { kind: 'signedOut' };
    case 403:
      return { kind: 'forbidden' };
    case 404:
      return { kind: 'absent' };
    default:
      return { kind: 'refused', message: error.detail ?? error.message };
  }
}

/** The text of a failure, for a line beside what failed. Reading alone leaves no doubt whether something was changed. */
export function textOf(failure: Failure, isRead: boolean): string {
  if (isRead && failure.kind === 'unavailable') {
    return texts.failures.unavailable.readLine;
  }
  return failure.kind === 'refused' ? failure.message : texts.failures[failure.kind].line;
}
