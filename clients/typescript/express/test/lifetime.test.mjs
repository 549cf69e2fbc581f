import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { client } from '../../testing/service.mjs';
import { appWith, idOf, newStore } from './support.mjs';

const cookieOf = (maxAge) => ({ originalMaxAge: maxAge, expires: new Date(Date.now() + maxAge).toISOString() });
const found = async (store, id) => client.keyed.get(await client.sessionKey(id, store.prefix));

test('maxAge of the cookie is the idle timeout', async () => {
  const store = newStore();
  const id = randomUUID();

  await store.set(id, { cookie: cookieOf(600_000) });

  assert.equal((await found(store, id)).session.idleTimeoutSeconds, 600);
});

test('A cookie that ends with the browser has the idle timeout of the policy', async () => {
  const store = newStore();
  const [session, anonymous] = [randomUUID(), await client.create()];

  await store.set(session, { cookie: { originalMaxAge: null, expires: null } });

  assert.equal((await found(store, session)).session.idleTimeoutSeconds, anonymous.session.idleTimeoutSeconds);
});

test('A maxAge beyond the policy becomes that of the policy, also for a session that had a shorter one', async () => {
  const store = newStore();
  const id = randomUUID();
  const { session } = await client.create();
  await store.set(id, { cookie: cookieOf(60_000) });

  await store.set(id, { cookie: cookieOf(3_000_000_000) });
  assert.equal((await found(store, id)).session.idleTimeoutSeconds, session.idleTimeoutSeconds);

  // The policy's value is known now; a century is as good.
  await store.set(id, { cookie: cookieOf(3_155_760_000_000) });
  assert.equal((await found(store, id)).session.idleTimeoutSeconds, session.idleTimeoutSeconds);
});

test('A session is over when its cookie is, to the millisecond', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() });
  const store = newStore();
  const id = randomUUID();
  await store.set(id, { cookie: cookieOf(40), n: 1 });

  t.mock.timers.tick(39);
  assert.equal((await store.get(id)).n, 1);

  t.mock.timers.tick(1);
  assert.equal(await store.get(id), null);
});

test('Activity keeps a short session', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() });
  const store = newStore();
  const { visitor } = await appWith(
    t,
    store,
    (app) => {
      app.get('/', (request, response) => {
        request.session.n ??= 1;
        response.send('ok');
      });
    },
    { cookie: { maxAge: 30_000 } },
  );
  await visitor.get('/');
  const before = (await store.get(idOf(visitor))).cookie.expires;
  t.mock.timers.tick(5);

  await visitor.get('/');

  const after = (await store.get(idOf(visitor))).cookie.expires;
  assert.ok(after > before);
});

test('A touch with another maxAge changes the lifetime and keeps the data', async () => {
  const store = newStore();
  const id = randomUUID();
  await store.set(id, { cookie: cookieOf(600_000), n: 1 });

  await store.touch(id, { cookie: cookieOf(900_000) });

  const { session } = await found(store, id);
  assert.equal(session.idleTimeoutSeconds, 900);
  assert.equal(session.data.n, 1);
});

test('A touch with the same maxAge writes nothing', async () => {
  const store = newStore();
  const id = randomUUID();
  await store.set(id, { cookie: cookieOf(600_000), n: 1 });
  const { etag } = await found(store, id);

  await store.touch(id, { cookie: cookieOf(600_000) });

  assert.equal((await found(store, id)).etag, etag);
});

test('Saving or touching with a cookie in the past ends the session', async () => {
  const store = newStore();
  for (const method of ['set', 'touch']) {
    const id = randomUUID();
    await store.set(id, { cookie: cookieOf(600_000) });

    await store[method](id, { cookie: { originalMaxAge: null, expires: new Date(0) } });

    assert.equal(await store.get(id), null);
    assert.equal((await store.endOf(id)).reason, 'expired');
  }
});

test('A save in the middle of a request does not end a session that was kept by touches alone', async () => {
  const store = newStore();
  const id = randomUUID();
  // Saved long ago, touched since: what was saved says that it is over.
  const cookie = { originalMaxAge: 600_000, expires: new Date(Date.now() - 1000).toISOString() };
  await client.keyed.save(await client.sessionKey(id, store.prefix), {
    data: { cookie, n: 1 },
    idleTimeoutSeconds: 600,
  });

  await store.set(id, await store.get(id));

  const found = await store.get(id);
  assert.equal(found.n, 1);
  assert.ok(Date.parse(found.cookie.expires) > Date.now() + 500_000);
});

test('A session whose cookie loses its end has the idle timeout of the policy', async () => {
  const store = newStore();
  const { session } = await client.create();
  for (const method of ['set', 'touch']) {
    const id = randomUUID();
    await store.set(id, { cookie: cookieOf(600_000), n: 1 });
    const value = await store.get(id);
    value.cookie = { originalMaxAge: null, expires: null };

    await store[method](id, value);

    assert.equal((await found(store, id)).session.idleTimeoutSeconds, session.idleTimeoutSeconds, method);
  }
});

test('An end that is not relative holds to the second, and a touch moves it', async () => {
  const store = newStore({ trackIds: true });
  const id = randomUUID();
  const at = (seconds) => new Date(Date.now() + seconds * 1000);
  const expires = at(60);
  await store.set(id, { cookie: { originalMaxAge: null, expires } });
  assert.ok((await store.find(id)).idleExpiresInSeconds <= 60);

  await store.touch(id, { cookie: { originalMaxAge: null, expires: at(90) } });
  assert.ok((await store.find(id)).idleExpiresInSeconds > 60);
  assert.deepEqual(await store.all(), [{ id, cookie: { originalMaxAge: null, expires: expires.toISOString() } }]);

  await store.set(id, { cookie: { originalMaxAge: null, expires: at(-90) } });
  assert.equal(await store.length(), 0);
});
