import assert from 'node:assert/strict';
import { test } from 'node:test';
import fastifyCookie from '@fastify/cookie';
import fastifySession from '@fastify/session';
import { SessionsClient } from '@session-functions/client';
import Fastify from 'fastify';
import { client, key, newUser } from '../../testing/service.mjs';
import { newStore } from './support.mjs';

async function appWith(t, store, options = {}) {
  const app = Fastify();
  await app.register(fastifyCookie);
  await app.register(fastifySession, {
    store,
    secret: 'a secret of at least thirty-two characters',
    cookie: { secure: false, maxAge: 3_600_000 },
    rolling: false,
    saveUninitialized: false,
    ...options,
  });
  app.get('/', (request, reply) => {
    request.session.views = (request.session.views ?? 0) + 1;
    reply.send(String(request.session.views));
  });
  app.get('/sign-in', async (request) => {
    await request.session.regenerate();
    request.session.user = { id: request.query.user };
    return 'in';
  });
  app.get('/who', (request, reply) => reply.send(request.session.user?.id ?? 'nobody'));
  app.get('/sign-out', async (request) => {
    await request.session.destroy();
    return 'out';
  });
  t.after(() => app.close());
  let cookie = '';
  return async (url) => {
    const answer = await app.inject({ url, headers: { cookie } });
    const [set] = answer.cookies;
    cookie = set === undefined ? cookie : `${set.name}=${encodeURIComponent(set.value)}`;
    return answer;
  };
}

test('A session of Fastify is kept between requests', async (t) => {
  const get = await appWith(t, newStore());

  assert.equal((await get('/')).body, '1');
  assert.equal((await get('/')).body, '2');
});

test('A session of Fastify is kept with rolling, its default, too', async (t) => {
  const get = await appWith(t, newStore(), { rolling: true });
  await get('/');

  assert.equal((await get('/who')).statusCode, 200);
  assert.equal((await get('/')).body, '2');
});

test("A signed-in session of Fastify ends with the user's sign-out everywhere", async (t) => {
  const get = await appWith(t, newStore({ userId: (session) => session.user?.id }));
  const user = newUser();
  await get('/');
  await get(`/sign-in?user=${user}`);
  assert.equal((await get('/who')).body, user);
  assert.equal(await client.count(user), 1);

  await client.revokeAll(user);

  assert.equal((await get('/who')).body, 'nobody');
});

test('Signing out of Fastify ends the session', async (t) => {
  const get = await appWith(t, newStore());
  await get('/sign-in?user=alice');

  await get('/sign-out');

  assert.equal((await get('/who')).body, 'nobody');
});

test('While the service is down, Fastify answers 503', async (t) => {
  const down = new SessionsClient({ url: 'http://127.0.0.1:9/api', key, timeoutMs: 500 });
  const get = await appWith(t, newStore({ client: down }));

  assert.equal((await get('/')).statusCode, 503);
});
