// better-auth with Redis as its secondary storage, so that sessions live in Redis alone. Users are in its memory adapter. Creating goes
// past the sign-in (a password hash would hide everything else) to the call that makes the session.
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { betterAuth } from 'better-auth';
import { memoryAdapter } from 'better-auth/adapters/memory';
import { fromNodeHeaders } from 'better-auth/node';
import { serializeSignedCookie } from 'better-call';
import { createClient } from 'redis';

const Users = 1000;
const redis = await createClient({ url: `redis://${process.env.REDIS}` }).connect();
const auth = betterAuth({
  baseURL: `http://127.0.0.1:${process.env.PORT}`,
  secret: 'a secret of the bench with 32 characters',
  database: memoryAdapter({ user: [], session: [], account: [], verification: [] }),
  secondaryStorage: {
    get: (key) => redis.get(`better-auth:${key}`),
    set: (key, value, ttl) => redis.set(`better-auth:${key}`, value, ttl ? { EX: ttl } : {}),
    delete: (key) => redis.del(`better-auth:${key}`),
  },
  session: {
    additionalFields: { claims: { type: 'json' }, data: { type: 'json' }, device: { type: 'json' } },
  },
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
});
const context = await auth.$context;
const users = [];
for (let number = 0; number < Users; number++) {
  users.push(await context.internalAdapter.createUser({ name: `user ${number}`, email: `user-${number}@example.org` }));
}

let created = 0;
const routes = {
  'GET /health': async () => [200, {}],
  'POST /create': async (request) => {
    const { claims, data, device } = await json(request);
    const user = users[created++ % Users];
    const session = await context.internalAdapter.createSession(user.id, false, { claims, data, device });
    const { name } = context.authCookies.sessionToken;
    return [201, {}, (await serializeSignedCookie(name, session.token, context.secret)).split(';')[0]];
  },
  'GET /read': async (request) => {
    const found = await auth.api.getSession({ headers: fromNodeHeaders(request.headers) });
    return found ? [200, found.session] : [401, {}];
  },
  'POST /update': async (request) => {
    const patch = await json(request);
    const headers = fromNodeHeaders(request.headers);
    const found = await auth.api.getSession({ headers });
    if (!found) {
      return [401, {}];
    }

    const data = { ...found.session.data, ...patch };
    await context.internalAdapter.updateSession(found.session.token, { data, updatedAt: new Date() });
    return [200, data];
  },
  'POST /end': async (request) => {
    await auth.api.signOut({ headers: fromNodeHeaders(request.headers) });
    return [204];
  },
};

createServer(async (request, response) => {
  try {
    const [status, body, cookie] = await routes[`${request.method} ${request.url}`](request);
    const text = body === undefined ? '' : JSON.stringify(body);
    response.writeHead(status, {
      ...(text && { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) }),
      ...(cookie && { 'Set-Cookie': cookie }),
    });
    response.end(text);
  } catch (error) {
    console.error(error);
    response.writeHead(500, { 'Content-Length': 0 });
    response.end();
  }
}).listen(Number(process.env.PORT), '127.0.0.1');
