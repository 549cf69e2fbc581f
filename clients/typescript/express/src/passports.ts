import { SessionsError } from '@session-functions/client';
import { answerProblem, bearerOf, type Middleware, type WebRequest, type WebResponse } from './request.js';
import { answerUnavailable } from './unavailable.js';

/** What verifies passports: the `PassportVerifier` of `@session-functions/passport`. */
export interface Verifier<Passport> {
  verify: (passport: string) => Promise<Passport>;
}

/** What `requirePassport()` adds to a request. */
export interface PassportRequest {
  /** What the passport says: user, session, claims. */
  passport?: unknown;
}

declare global {
  namespace Express {
    interface Request extends PassportRequest {}
  }
}

/**
 * For back ends that get a passport in `Authorization: Bearer`: lets a request pass only with a valid one, as `req.passport`. Else 401, and
 * 503 when it cannot be known whether the session has ended.
 */
export function requirePassport<Passport>(verifier: Verifier<Passport>): Middleware {
  return (request: WebRequest & PassportRequest, response, next) => {
    const passport = bearerOf(request);
    if (passport === undefined) {
      refuse(response, 'Bearer');
      return;
    }
    verifier.verify(passport).then(
      (verified) => {
        request.passport = verified;
        next();
      },
      (error) => {
        if (error instanceof SessionsError) {
          answerUnavailable(response, error);
        } else if ((error as Error).name === 'PassportRefusedError') {
          refuse(response, 'Bearer error="invalid_token"');
        } else {
          next(error);
        }
      },
    );
  };
}

function refuse(response: WebResponse, challenge: string): void {
  answerProblem(response, 401, 'unauthenticated', 'The credential is missing or not valid.', {
    'WWW-Authenticate': challenge,
  });
}
