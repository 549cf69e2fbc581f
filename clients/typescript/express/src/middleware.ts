import {
  type AssuranceLevel,
  type Consistency,
  type NewDevice,
  type NewSession,
  type Rotation,
  type Session,
  type SessionEnd,
  SessionsClient,
  type TransportOptions,
} from '@session-functions/client';
import { addressOf, deviceOf } from './device.js';
import { SessionStoreError } from './errors.js';
import { KeptSessions, type PassportValidation } from './kept.js';
import {
  addCookie,
  answerCsrfRefused,
  answerProblem,
  bearerOf,
  cookieOf,
  isSafe,
  isSameOrigin,
  type Middleware,
  type WebRequest,
  type WebResponse,
} from './request.js';
import { answerUnavailable } from './unavailable.js';

/** Options of `sessions()`. Without `client`, `url` and `key` it reads SESSIONS_URL and SESSIONS_KEY. */
export interface SessionsOptions extends TransportOptions {
  /** Client to use, shared with the rest of the app. */
  client?: SessionsClient;
  /** The cookie that holds the token. Default `__Host-session`, `Secure`, `HttpOnly`, `SameSite=Lax`, `Path=/`. */
  cookie?: { name?: string; secure?: boolean; sameSite?: 'Lax' | 'Strict' };
  /** Whether `Authorization: Bearer` is accepted too. Default true. */
  bearer?: boolean;
  /** Origins besides the app's own whose pages may send unsafe requests with the cookie. */
  trustedOrigins?: readonly string[];
  /** Whether a request counts as activity of the user. Default true. */
  touch?: boolean | ((request: WebRequest) => boolean);
  /** How old the answer of the service may be. Not with `passports`. */
  consistency?: Consistency;
  /** Validates without a call: one request in a minute asks the service, and ends hold within seconds. */
  passports?: PassportValidation;
}

/** What a sign-in must meet. */
export interface SignInRequirement {
  /** The user signed in at most so long ago. */
  maxAgeSeconds?: number;
  minAssurance?: AssuranceLevel;
  /** All of them were used (RFC 8176 values). */
  methods?: string[];
  /** Where a page request is sent instead of being answered 401. */
  redirect?: string | ((request: WebRequest) => string);
}

/** Options of a sign-in: all of a new session, and its user. */
export type SignIn = NewSession & { userId: string; device?: NewDevice | null };

/** What `sessions()` adds to a request. */
export interface SessionRequest {
  /** The live session of the request; null when there is none. */
  userSession: Session | null;
  /** The passport of the session with `passports`, to call other back ends with `Authorization: Bearer`; else null. */
  userPassport: string | null;
  /** Tells why the session of the presented token ended; null when it did not, or nobody knows any more. */
  signedOutReason: () => Promise<SessionEnd | null>;
}

/** What `sessions()` adds to a response. */
export interface SessionResponse {
  /** Creates a session for a user who was authenticated, sets the cookie, and ends the session it replaces. */
  signIn: (session: SignIn) => Promise<Session>;
  /** Records a further authentication (step-up): new token, new cookie. */
  stepUp: (rotation: Rotation) => Promise<Session>;
  /** Ends the session, or all of the user, and removes the cookie. */
  signOut: (options?: { everywhere?: boolean; reason?: string }) => Promise<void>;
}

declare global {
  namespace Express {
    interface Request extends SessionRequest {}
    interface Response extends SessionResponse {}
  }
}

type Request = WebRequest & Partial<SessionRequest>;
type Response = WebResponse & Partial<SessionResponse>;

interface State {
  options: SessionsOptions;
  client: SessionsClient;
  kept: KeptSessions | undefined;
  token: string | undefined;
}

const states = new WeakMap<WebRequest, State>();

/**
 * Validates the token of each request. `req.userSession` is the live session or null. When the service cannot tell, the request is answered
 * 503; it is never taken for signed in or signed out.
 */
export function sessions(options: SessionsOptions = {}): Middleware {
  const client = options.client ?? new SessionsClient(options);
  const cookie = cookieSettings(options);
  const kept = options.passports === undefined ? undefined : new KeptSessions(client, options.passports);
  kept?.feed.start();
  return (request: Request, response: Response, next) => {
    const bearer = options.bearer === false ? undefined : bearerOf(request);
    const token = bearer ?? cookieOf(request, cookie.name);
    const state: State = { options, client, kept, token };
    states.set(request, state);
    request.userSession = null;
    request.userPassport = null;
    request.signedOutReason = () => (state.token === undefined ? Promise.resolve(null) : client.endOf(state.token));
    response.signIn = (session) => signIn(request, response, state, session);
    response.stepUp = (rotation) => stepUp(request, response, state, rotation);
    response.signOut = (how) => signOut(request, response, state, how);
    if (token === undefined) {
      next();
      return;
    }
    if (bearer === undefined && !isSafe(request) && !isSameOrigin(request, options.trustedOrigins ?? [])) {
      answerCsrfRefused(response);
      return;
    }
    validate(request, state).then(
      () => next(),
      (error) => answerUnavailable(response, error),
    );
  };
}

/** Lets a request pass only with a live session; else 401, or a redirect of a page request. */
export function requireSession(options: Pick<SignInRequirement, 'redirect'> = {}): Middleware {
  return (request: Request, response, next) => {
    if (stateOf(request) && request.userSession) {
      next();
    } else {
      refuseStranger(request, response, options.redirect);
    }
  };
}

/** Lets a request pass only when the sign-in meets what is required; else the challenge of RFC 9470. The service's clock counts. */
export function requireSignIn(requirement: SignInRequirement): Middleware {
  const requires = {
    maxAuthenticationAgeSeconds: requirement.maxAgeSeconds ?? null,
    minAssuranceLevel: requirement.minAssurance ?? null,
    methods: requirement.methods ?? null,
  };
  const challenge = [
    'Bearer error="insufficient_user_authentication"',
    ...(requirement.minAssurance === undefined ? [] : [`acr_values="${requirement.minAssurance}"`]),
    ...(requirement.maxAgeSeconds === undefined ? [] : [`max_age="${requirement.maxAgeSeconds}"`]),
  ].join(', ');
  return (request: Request, response, next) => {
    const { client, token } = stateOf(request);
    if (token === undefined || !request.userSession) {
      refuseStranger(request, response, requirement.redirect);
      return;
    }
    client.introspect(token, { touch: false, requires }).then(
      (found) => {
        if (!found.active) {
          refuseStranger(request, response, requirement.redirect);
        } else if (found.insufficient !== undefined) {
          const title = 'The sign-in does not meet the requirements of the request.';
          refuse(request, response, requirement.redirect, challenge, 'sign-in-insufficient', title, {
            insufficient: found.insufficient,
          });
        } else {
          next();
        }
      },
      (error) => answerUnavailable(response, error),
    );
  };
}

async function validate(request: Request, state: State): Promise<void> {
  const { touch, consistency } = state.options;
  const token = state.token as string;
  const options = {
    touch: typeof touch === 'function' ? touch(request) : (touch ?? true),
    ipAddress: addressOf(request),
  };
  if (state.kept !== undefined) {
    const found = await state.kept.find(token, (passport) => state.client.introspect(token, { ...options, passport }));
    request.userSession = found.session;
    request.userPassport = found.passport;
    return;
  }
  const found = await state.client.introspect(token, consistency === undefined ? options : { ...options, consistency });
  request.userSession = found.active ? found.session : null;
}

async function signIn(request: Request, response: Response, state: State, session: SignIn): Promise<Session> {
  const former = request.userSession;
  const issued = await state.client.create({ device: deviceOf(request), ...session });
  if (former) {
    await state.client.revoke(former.sid, { reason: 'replaced' });
  }
  return take(request, response, state, issued);
}

async function stepUp(request: Request, response: Response, state: State, rotation: Rotation): Promise<Session> {
  if (!request.userSession) {
    throw new SessionStoreError('There is no session to step up. Sign the user in first.', 'unauthenticated', 500);
  }
  return take(request, response, state, await state.client.rotate(request.userSession.sid, rotation));
}

function take(
  request: Request,
  response: Response,
  state: State,
  issued: { token: string; session: Session },
): Session {
  forget(request, state);
  state.token = issued.token;
  request.userSession = issued.session;
  const { name, attributes } = cookieSettings(state.options);
  const lasting = issued.session.persistent === true ? `; Max-Age=${issued.session.expiresInSeconds}` : '';
  addCookie(response, `${name}=${issued.token}${attributes}${lasting}`);
  response.setHeader('Cache-Control', 'no-store');
  return issued.session;
}

async function signOut(
  request: Request,
  response: Response,
  state: State,
  how: { everywhere?: boolean; reason?: string } = {},
): Promise<void> {
  const session = request.userSession;
  const reason = how.reason ?? 'signed-out';
  if (session) {
    await (how.everywhere === true && session.userId !== null
      ? state.client.revokeAll(session.userId, { reason })
      : state.client.revoke(session.sid, { reason }));
  }
  forget(request, state);
  state.token = undefined;
  request.userSession = null;
  const { name, attributes } = cookieSettings(state.options);
  addCookie(response, `${name}=${attributes}; Max-Age=0`);
}

function forget(request: Request, state: State): void {
  if (state.token !== undefined) {
    state.kept?.forget(state.token);
  }
  request.userPassport = null;
}

function cookieSettings(options: SessionsOptions): { name: string; attributes: string } {
  const { secure = true, sameSite = 'Lax', name = secure ? '__Host-session' : 'session' } = options.cookie ?? {};
  return { name, attributes: `; Path=/${secure ? '; Secure' : ''}; HttpOnly; SameSite=${sameSite}` };
}

function stateOf(request: Request): State {
  const state = states.get(request);
  if (state === undefined) {
    throw new SessionStoreError(
      'sessions() must be used before requireSession() and requireSignIn().',
      'not-configured',
      500,
    );
  }
  return state;
}

function refuseStranger(request: Request, response: WebResponse, redirect: SignInRequirement['redirect']): void {
  refuse(request, response, redirect, 'Bearer', 'unauthenticated', 'The credential is missing or not valid.');
}

function refuse(
  request: Request,
  response: WebResponse,
  redirect: SignInRequirement['redirect'],
  challenge: string,
  type: string,
  title: string,
  members: Record<string, unknown> = {},
): void {
  if (redirect !== undefined && isSafe(request) && /\btext\/html\b/.test(request.headers.accept ?? '')) {
    response.statusCode = 303;
    response.setHeader('Location', typeof redirect === 'function' ? redirect(request) : redirect);
    response.setHeader('Cache-Control', 'no-store');
    response.end();
    return;
  }
  answerProblem(response, 401, type, title, { 'WWW-Authenticate': challenge }, members);
}
