import assert from 'node:assert/strict';
import { test } from 'node:test';
import fastifyCookie from '@fastify/cookie';
import fastifySession from '@fastify/session';
import { SessionsClient } from '@session-functions/client';
import Fastify from 'fastify';
import { gate } from '../../testing/gate.mjs';
import { client, key, newUser } from '../../testing/service.mjs';
import { newStore } from './support.mjs';

async function appWith(t, store, options = {}, hold = async () => {}) {
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
  app.get('/held', async (request) => {
    await hold();
    request.session.late = true;
    return 'saved';
  });
  app.get('/show', async ({ session: { cookie: _, ...rest } }) => rest);
  app.get('/sign-out', async (request) => {
    await request.session.destroy();
    return 'out';
  });
  t.after(() => app.close());
  let cookie = '';
  const get = async (url, keepsCookie = true, sent = cookie) => {
    const answer = await app.inject({ url, headers: { cookie: sent } });
    const [set] = keepsCookie ? answer.cookies : [];
    cookie = set === undefined ? cookie : `${set.name}=${encodeURIComponent(set.value)}`;
    return answer;
  };
  return Object.assign(get, { cookie: () => cookie });
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

/** A visitor with a session, and a request that is held between its load and its save; its cookie is not kept. */
async function heldApp(t) {
  const [arrived, released] = [gate(), gate()];
  const get = await appWith(t, newStore(), {}, () => {
    arrived.open();
    return released.opened;
  });
  await get('/');
  const held = get('/held', false);
  await arrived.opened;
  const goOn = async () => {
    released.open();
    await held;
  };
  return { get, goOn };
}

test('A session of Fastify that is destroyed while a request saves stays ended', async (t) => {
  const { get, goOn } = await heldApp(t);
  await get('/sign-out');

  await goOn();

  assert.deepEqual((await get('/show')).json(), {});
});

test('A session of Fastify that is regenerated while a request saves is not brought back', async (t) => {
  const { get, goOn } = await heldApp(t);
  const former = get.cookie();
  await get('/sign-in?user=alice');

  await goOn();

  assert.deepEqual((await get('/show')).json(), { user: { id: 'alice' } });
  assert.deepEqual((await get('/show', false, former)).json(), {});
});
