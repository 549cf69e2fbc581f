import type { IncomingMessage, ServerResponse } from 'node:http';

/** A request of Express, Connect or plain Node. */
export type WebRequest = IncomingMessage & { ip?: string | undefined; originalUrl?: string };
/** Its response. */
export type WebResponse = ServerResponse;
/** Calls what comes after a middleware. */
export type Next = (error?: unknown) => void;
/** A middleware of Express or Connect. */
export type Middleware = (request: WebRequest, response: WebResponse, next: Next) => void;

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/** Whether the method changes nothing (RFC 9110 section 9.2.1). */
export function isSafe(request: WebRequest): boolean {
  return safeMethods.has(request.method ?? 'GET');
}

/** Value of a cookie; undefined without one, and when it appears twice with different values. */
export function cookieOf(request: WebRequest, name: string): string | undefined {
  const values = new Set<string>();
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) {
      values.add(pair.slice(at + 1).trim());
    }
  }
  return values.size === 1 ? [...values][0] : undefined;
}

/** Token of `Authorization: Bearer`. */
export function bearerOf(request: WebRequest): string | undefined {
  return /^Bearer +([^ ]+) *$/i.exec(request.headers.authorization ?? '')?.[1];
}

/** Whether the request comes from a page of the app itself (docs/cookies.md, back end for front end). */
export function isSameOrigin(request: WebRequest, trustedOrigins: readonly string[]): boolean {
  const { origin, host } = request.headers;
  if (typeof origin === 'string' && trustedOrigins.includes(origin)) {
    return true;
  }
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) {
    return site === 'same-origin';
  }
  return typeof origin === 'string' && URL.canParse(origin) && new URL(origin).host === host;
}

/** Refuses unsafe requests that another site's page sent. For apps with express-session, whose cookie alone does not show that. */
export function requireSameOrigin(options: { trustedOrigins?: readonly string[] } = {}): Middleware {
  return (request, response, next) => {
    if (isSafe(request) || isSameOrigin(request, options.trustedOrigins ?? [])) {
      next();
    } else {
      answerCsrfRefused(response);
    }
  };
}

/** Answers a request that another site's page may have sent. */
export function answerCsrfRefused(response: WebResponse): void {
  answerProblem(response, 403, 'csrf-refused', 'The request does not show that it comes from the application itself.');
}

/** Answers with a problem document (RFC 9457). */
export function answerProblem(
  response: WebResponse,
  status: number,
  type: string,
  title: string,
  headers: Record<string, string> = {},
  members: Record<string, unknown> = {},
): void {
  response.statusCode = status;
  for (const [name, value] of Object.entries({ 'Cache-Control': 'no-store', ...headers })) {
    response.setHeader(name, value);
  }
  response.setHeader('Content-Type', 'application/problem+json');
  response.end(JSON.stringify({ type: `urn:session-functions:problem:${type}`, title, status, ...members }));
}

/** Adds a `Set-Cookie` header beside those there are. */
export function addCookie(response: WebResponse, cookie: string): void {
  const earlier = response.getHeader('Set-Cookie');
  const all = earlier === undefined ? [] : Array.isArray(earlier) ? earlier : [String(earlier)];
  const name = `${cookie.slice(0, cookie.indexOf('='))}=`;
  response.setHeader('Set-Cookie', [...all.filter((other) => !other.startsWith(name)), cookie]);
}
