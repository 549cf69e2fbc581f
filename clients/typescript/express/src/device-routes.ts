import {
  type Session,
  type SessionListItem,
  SessionsClient,
  SessionsError,
  type TransportOptions,
} from '@session-functions/client';
import { addressOf } from './device.js';
import type { SessionRequest, SessionResponse } from './middleware.js';
import {
  answerCsrfRefused,
  answerProblem,
  isSafe,
  isSameOrigin,
  type Middleware,
  type WebRequest,
  type WebResponse,
} from './request.js';
import { answerUnavailable } from './unavailable.js';

/** Options of `deviceRoutes()`. */
export interface DeviceRoutesOptions extends TransportOptions {
  /** Client to use, shared with the rest of the app. */
  client?: SessionsClient;
  /** Finds the session of a request. Default: `req.userSession` of `sessions()`. With the store: `(req) => store.find(req.sessionID)`. */
  // biome-ignore lint/suspicious/noExplicitAny: requests differ by framework
  current?: (request: any) => Promise<Session | null> | Session | null | undefined;
  /** Signs the request out and removes its cookie. Default: `res.signOut()` of `sessions()`. */
  // biome-ignore lint/suspicious/noExplicitAny: see current
  signOut?: (request: any, response: any) => Promise<void> | void;
  /** Origins besides the app's own whose pages may send unsafe requests. */
  trustedOrigins?: readonly string[];
}

type Answer = (request: WebRequest, response: WebResponse, session: Session, sid: string | undefined) => Promise<void>;

/**
 * Serves the user's own calls of the API (`/v1/session`, `/v1/me/sessions`) from the app, for `@session-functions/browser` in apps whose API
 * is private. Mount it: `app.use('/account', deviceRoutes())`. Every unsafe request must be same-origin and carry `X-Session-CSRF`.
 */
export function deviceRoutes(options: DeviceRoutesOptions = {}): Middleware {
  const client = options.client ?? new SessionsClient(options);
  const current = options.current ?? ((request: WebRequest & Partial<SessionRequest>) => request.userSession);
  const signOut =
    options.signOut ?? ((_: unknown, response: WebResponse & Partial<SessionResponse>) => response.signOut?.());

  const ownSessions = async (session: Session): Promise<SessionListItem[]> => {
    const found: SessionListItem[] = [];
    if (session.userId !== null) {
      for await (const item of client.list(session.userId)) {
        found.push(item);
      }
    }
    return found;
  };

  const answers: Record<string, Answer> = {
    'GET /v1/session': async (_, response, session) => {
      // Only services see the data.
      const { data: _data, ...own } = session;
      answerJson(response, own);
    },
    'POST /v1/session/touch': async (request, response, session) => {
      const touched = await client.touch(session.sid, { ipAddress: addressOf(request) });
      if (touched === null) {
        answerSignedOut(response);
        return;
      }
      const { data: _data, ...own } = touched;
      answerJson(response, own);
    },
    'DELETE /v1/session': async (request, response) => {
      await signOut(request, response);
      answerEmpty(response);
    },
    'GET /v1/me/sessions': async (_, response, session) => {
      const sessions = await ownSessions(session);
      answerJson(response, { sessions: sessions.map((item) => ({ ...item, current: item.sid === session.sid })) });
    },
    'DELETE /v1/me/sessions': async (request, response, session) => {
      const others = new URL(request.url ?? '/', 'http://localhost').searchParams.get('except') === 'current';
      const reason = 'signed-out-everywhere';
      const ended =
        session.userId === null
          ? { ended: 0 }
          : await client.revokeAll(session.userId, others ? { except: session.sid, reason } : { reason });
      if (!others) {
        await signOut(request, response);
      }
      answerJson(response, ended);
    },
    'DELETE /v1/me/sessions/{sid}': async (_, response, session, sid) => {
      // Another user's sid and an unknown one are answered alike.
      if (sid === undefined || !(await ownSessions(session)).some((item) => item.sid === sid)) {
        answerProblem(response, 404, 'session-not-found', 'The session does not exist.');
        return;
      }
      await client.revoke(sid, { reason: 'signed-out-remotely' });
      answerEmpty(response);
    },
  };

  return (request, response, next) => {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    const sid = /^\/v1\/me\/sessions\/(ses_[A-Za-z0-9_-]+)$/.exec(path)?.[1];
    const handle = answers[`${request.method} ${sid === undefined ? path : '/v1/me/sessions/{sid}'}`];
    if (handle === undefined) {
      next();
      return;
    }
    if (
      !isSafe(request) &&
      !(isSameOrigin(request, options.trustedOrigins ?? []) && request.headers['x-session-csrf'] !== undefined)
    ) {
      answerCsrfRefused(response);
      return;
    }
    const work = async () => {
      const session = await current(request);
      if (session) {
        await handle(request, response, session, sid);
      } else {
        answerSignedOut(response);
      }
    };
    work().catch((error: unknown) =>
      error instanceof SessionsError ? answerUnavailable(response, error) : next(error),
    );
  };
}

function answerSignedOut(response: WebResponse): void {
  answerProblem(response, 401, 'unauthenticated', 'The credential is missing or not valid.', {
    'WWW-Authenticate': 'Bearer',
  });
}

function answerJson(response: WebResponse, body: unknown): void {
  response.statusCode = 200;
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify(body));
}

function answerEmpty(response: WebResponse): void {
  response.statusCode = 204;
  response.setHeader('Cache-Control', 'no-store');
  response.end();
}
