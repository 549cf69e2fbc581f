import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { promisify } from 'node:util';
import session from 'express-session';
import { gate } from '../../testing/gate.mjs';
import { client, newUser } from '../../testing/service.mjs';
import { appWith, newStore } from './support.mjs';

const old = () => {
  const store = new session.MemoryStore();
  return { store, get: promisify(store.get.bind(store)), set: promisify(store.set.bind(store)) };
};
const value = (members = {}) => ({
  cookie: { originalMaxAge: 3_600_000, expires: new Date(Date.now() + 3_600_000).toISOString() },
  ...members,
});

test('A session of the old store is found, moved, and stays', async () => {
  const fallback = old();
  const store = newStore({ fallback: fallback.store, userId: (it) => it.user });
  const [id, user] = [randomUUID(), newUser()];
  await fallback.set(id, value({ user, cart: [1] }));

  assert.deepEqual((await store.get(id)).cart, [1]);

  assert.equal(await fallback.get(id), undefined);
  assert.deepEqual((await store.get(id)).cart, [1]);
  assert.equal(await client.count(user), 1);
});

test('Nobody is signed out by the swap', async (t) => {
  const fallback = old();
  const routes = (app) => {
    app.get('/sign-in', (request, response) => {
      request.session.user = 'alice';
      response.send('in');
    });
    app.get('/who', (request, response) => response.send(request.session.user ?? 'nobody'));
  };
  const before = await appWith(t, fallback.store, routes);
  await before.visitor.get('/sign-in');

  const after = await appWith(t, newStore({ fallback: fallback.store }), routes);
  after.visitor.cookies = before.visitor.cookies;

  assert.equal((await after.visitor.get('/who')).text, 'alice');
  assert.equal((await after.visitor.get('/who')).text, 'alice');
});

test('A session that was ended here does not come back from the old store', async () => {
  const fallback = old();
  const store = newStore({ fallback: fallback.store });
  const id = randomUUID();
  await fallback.set(id, value());
  await store.get(id);
  await client.keyed.end(await client.sessionKey(id, store.prefix), { reason: 'signed-out-everywhere' });
  // As if the old store had not been reached when the session was moved.
  await fallback.set(id, value());

  assert.equal(await store.get(id), null);
  assert.equal(await fallback.get(id), undefined);
});

test('Signing out ends the session in both stores', async () => {
  const fallback = old();
  const store = newStore({ fallback: fallback.store });
  const id = randomUUID();
  await fallback.set(id, value());

  await store.destroy(id);

  assert.equal(await fallback.get(id), undefined);
  assert.equal(await store.get(id), null);
});

test('Two requests that find the same old session both get it', async () => {
  const fallback = old();
  const store = newStore({ fallback: fallback.store });
  const id = randomUUID();
  await fallback.set(id, value({ n: 1 }));

  const both = await Promise.all([store.get(id), store.get(id)]);

  assert.deepEqual(
    both.map((found) => found?.n),
    [1, 1],
  );
});

test('An old store that fails is an error, not a missing session', async () => {
  const failing = {
    get: (_, callback) => callback(new Error('The old store is down.')),
    destroy: (_, callback) => callback(),
  };

  await assert.rejects(newStore({ fallback: failing }).get(randomUUID()), { message: 'The old store is down.' });
});

test('An old store of promises serves as well', async () => {
  const fallback = old();
  const id = randomUUID();
  await fallback.set(id, value({ n: 1 }));
  const promising = {
    get: async (it, callback) => callback(null, await fallback.get(it)),
    destroy: async (it, callback) => fallback.store.destroy(it, callback),
  };

  assert.equal((await newStore({ fallback: promising }).get(id)).n, 1);
});

/** The old store as a request sees it that is held up just before or just after it reads there. */
function held(fallback, before) {
  const { open: goOn, opened } = gate();
  const { open: arrive, opened: arrived } = gate();
  const get = async (id) => {
    const early = before ? undefined : await fallback.get(id);
    arrive();
    await opened;
    return before ? fallback.get(id) : early;
  };
  const store = {
    get: (id, callback) => get(id).then((found) => callback(null, found), callback),
    destroy: (id, callback) => fallback.store.destroy(id, callback),
  };
  return { store, arrived, goOn };
}

test('A session that another request moves between the two reads is found', async () => {
  const fallback = old();
  const slow = held(fallback, true);
  const prefix = `${randomUUID()}:`;
  const id = randomUUID();
  await fallback.set(id, value({ n: 1 }));
  const waiting = newStore({ fallback: slow.store, prefix }).get(id);
  await slow.arrived;
  await newStore({ fallback: fallback.store, prefix }).get(id);

  slow.goOn();

  assert.equal((await waiting)?.n, 1);
});

test('A request that read the old store before the session was moved does not undo what was saved since', async () => {
  const fallback = old();
  const slow = held(fallback, false);
  const prefix = `${randomUUID()}:`;
  const id = randomUUID();
  await fallback.set(id, value({ n: 1 }));
  const waiting = newStore({ fallback: slow.store, prefix }).get(id);
  await slow.arrived;
  const fast = newStore({ fallback: fallback.store, prefix });
  await fast.set(id, { ...(await fast.get(id)), n: 2 });

  slow.goOn();

  assert.equal((await waiting).n, 2);
  assert.equal((await fast.get(id)).n, 2);
});
