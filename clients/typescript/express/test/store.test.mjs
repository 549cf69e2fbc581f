import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { SessionStore } from '@session-functions/express';
import session from 'express-session';
import { Visitor } from '../../testing/app.mjs';
import { client, key, newUser, url } from '../../testing/service.mjs';
import { appWith, idOf, newStore } from './support.mjs';

const counting = (app) => {
  app.get('/', (request, response) => {
    request.session.views = (request.session.views ?? 0) + 1;
    response.send(String(request.session.views));
  });
  app.get('/read', (request, response) => response.send(String(request.session.views)));
  app.get('/regenerate', (request, response, next) => {
    request.session.regenerate((error) => (error ? next(error) : response.send(String(request.session.views))));
  });
  app.get('/destroy', (request, response, next) => {
    request.session.destroy((error) => (error ? next(error) : response.send('destroyed')));
  });
};

test('The store is a store of express-session', () => {
  assert.ok(newStore() instanceof session.Store);
});

test('Without options the store reads the environment', async () => {
  process.env.SESSIONS_URL = url;
  process.env.SESSIONS_KEY = key;
  const store = new SessionStore();
  const id = randomUUID();

  await store.set(id, { cookie: { originalMaxAge: null }, n: 1 });

  assert.equal(store.prefix, 'sess:');
  assert.equal((await store.get(id)).n, 1);
});

test('A session is kept between requests, and is another for another visitor', async (t) => {
  const { visitor, origin } = await appWith(t, newStore(), counting);

  assert.equal((await visitor.get('/')).text, '1');
  assert.equal((await visitor.get('/')).text, '2');
  assert.equal((await new Visitor(origin).get('/')).text, '1');
});

test('An uninitialized session is not saved', async (t) => {
  const { visitor } = await appWith(t, newStore(), counting);

  const answer = await visitor.get('/read');

  assert.deepEqual(answer.setCookie, []);
});

test('regenerate gives a new id and leaves nothing under the old one', async (t) => {
  const store = newStore();
  const { visitor } = await appWith(t, store, counting);
  await visitor.get('/');
  const old = idOf(visitor);

  assert.equal((await visitor.get('/regenerate')).text, 'undefined');

  assert.equal(await store.get(old), null);
  assert.equal((await store.endOf(old)).reason, 'regenerated');
});

test('destroy ends the session, and the next request has a new id', async (t) => {
  const store = newStore();
  const { visitor } = await appWith(t, store, counting);
  await visitor.get('/');
  const old = idOf(visitor);
  assert.equal((await visitor.get('/destroy')).text, 'destroyed');

  assert.equal((await visitor.get('/')).text, '1');

  assert.notEqual(idOf(visitor), old);
  assert.equal((await store.endOf(old)).reason, 'signed-out');
});

test('unset: destroy ends the session of a request that drops it', async (t) => {
  const store = newStore();
  const { visitor } = await appWith(
    t,
    store,
    (app) => {
      counting(app);
      app.get('/drop', (request, response) => {
        request.session = null;
        response.send('dropped');
      });
    },
    { unset: 'destroy' },
  );
  await visitor.get('/');

  await visitor.get('/drop');

  assert.equal(await store.get(idOf(visitor)), null);
});

test('An id that was never saved is not found', async () => {
  assert.equal(await newStore().get(randomUUID()), null);
  await newStore().destroy(randomUUID());
  await newStore().touch(randomUUID(), { cookie: { originalMaxAge: 3_600_000 } });
});

test('What is saved comes back as JSON has it', async () => {
  const store = newStore();
  const id = randomUUID();
  const values = {
    text: 'ü 😀',
    number: 1.5,
    list: [1, null, { a: [] }],
    nothing: null,
    nested: { deep: { er: true } },
    '': 'empty',
    ['__proto__x']: 1,
  };

  await store.set(id, { cookie: { originalMaxAge: null }, ...values, left: undefined, at: new Date(0) });

  assert.deepEqual(await store.get(id), {
    cookie: { originalMaxAge: null },
    ...values,
    at: '1970-01-01T00:00:00.000Z',
  });
});

test('Every method takes a callback as well as it gives a promise', async () => {
  const store = newStore();
  const id = randomUUID();
  const by = (method, ...values) =>
    new Promise((resolve, reject) =>
      store[method](...values, (error, value) => (error ? reject(error) : resolve(value))),
    );
  const value = { cookie: { originalMaxAge: null }, n: 1 };

  await by('set', id, value);
  assert.deepEqual(await by('get', id), value);
  await by('touch', id, value);
  await by('destroy', id);
  assert.equal(await by('get', id), null);
});

test('An error that a callback throws is not taken for one of the store', () => {
  const script = `
    import { SessionStore } from '@session-functions/express';
    let calls = 0;
    process.once('uncaughtException', (error) => console.log(error.message, calls));
    const client = { sessionKey: async () => 'key', keyed: { get: async () => null } };
    new SessionStore({ client }).get('id', () => {
      calls++;
      throw new Error('of the app');
    });`;

  const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
  });

  assert.equal(output.trim(), 'of the app 1');
});

test('A signed-in session stands in the list of its user, and a sign-out everywhere ends it', async (t) => {
  const store = newStore({
    userId: (value) => value.user?.id,
    claims: (value) => value.user && { name: value.user.name },
  });
  const userId = newUser();
  const { visitor, origin } = await appWith(t, store, (app) => {
    counting(app);
    app.get('/sign-in', (request, response) => {
      request.session.user = { id: userId, name: 'Alice' };
      response.send('in');
    });
    app.get('/who', (request, response) => response.send(request.session.user?.id ?? 'nobody'));
  });
  const phone = new Visitor(origin);
  await visitor.get('/', {
    headers: { 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0' },
  });
  await visitor.get('/sign-in');
  await phone.get('/sign-in');
  const old = idOf(visitor);

  const devices = [];
  for await (const device of client.list(userId)) {
    devices.push(device);
  }
  assert.equal(devices.length, 2);
  assert.ok(devices.some((device) => device.device.name === 'Firefox on Linux'));
  const found = await store.find(old);
  assert.deepEqual(found.claims, { name: 'Alice' });
  assert.ok(devices.some((device) => device.sid === found.sid));

  await client.revokeAll(userId, { reason: 'signed-out-everywhere' });

  assert.equal((await visitor.get('/who')).text, 'nobody');
  assert.equal((await phone.get('/who')).text, 'nobody');
  assert.equal((await store.endOf(old)).reason, 'signed-out-everywhere');
});

test('Another user signs in under a new id only', async () => {
  const store = newStore({ userId: (value) => value.user });
  const id = randomUUID();
  await store.set(id, { cookie: {}, user: newUser() });

  await assert.rejects(store.set(id, { cookie: {}, user: newUser() }), {
    code: 'session-has-user',
    message: /regenerate/,
  });
});

test('endOf is null for a live session and for an unknown one, and creates neither', async () => {
  const store = newStore();
  const id = randomUUID();
  assert.equal(await store.endOf(id), null);
  assert.equal(await store.get(id), null);
  await store.set(id, { cookie: {}, n: 1 });

  assert.equal(await store.endOf(id), null);
  assert.equal((await store.get(id)).n, 1);
});

test('More than 32 KiB is an error that says so, and leaves what was saved', async (t) => {
  const store = newStore();
  const { visitor } = await appWith(t, store, (app) => {
    counting(app);
    app.get('/big', (request, response, next) => {
      request.session.big = 'x'.repeat(33_000);
      request.session.save((error) => {
        delete request.session.big;
        error ? next(error) : response.send('saved');
      });
    });
  });
  await visitor.get('/');

  const answer = await visitor.get('/big');

  assert.equal(answer.status, 500);
  assert.match(answer.text, /32 KiB/);
  assert.match(answer.text, /data-too-large/);
  assert.equal((await visitor.get('/')).text, '2');
});

test('clear ends all sessions of the service key', async () => {
  // A key of its own would be needed to clear in earnest: other tests share this one.
  const ended = [];
  const store = newStore({ client: { keyed: { endAll: async () => ended.push('all') } } });

  await store.clear();

  assert.deepEqual(ended, ['all']);
});

test('Ids are listed only where the app asked for it', async () => {
  await assert.rejects(newStore().length(), { code: 'not-listable', message: /client\.list/ });
  await assert.rejects(newStore().all(), { code: 'not-listable' });
  await assert.rejects(newStore().ids(), { code: 'not-listable' });

  const store = newStore({ trackIds: true });
  const [one, other] = [randomUUID(), randomUUID()];
  await store.set(one, { cookie: { originalMaxAge: null }, n: 1 });
  await store.set(other, { cookie: { originalMaxAge: null }, n: 2 });
  assert.equal(await store.length(), 2);
  assert.deepEqual((await store.ids()).toSorted(), [one, other].toSorted());
  await client.keyed.end(await client.sessionKey(other, store.prefix));
  assert.deepEqual(await store.all(), [{ id: one, cookie: { originalMaxAge: null }, n: 1 }]);
  await store.destroy(one);
  assert.equal(await store.length(), 0);
});

test('A request that still carries the cookie of an ended session is told why', async (t) => {
  const store = newStore({ userId: (value) => value.user });
  const user = newUser();
  const { visitor, origin } = await appWith(t, store, (app) => {
    app.get('/sign-in', (request, response) => {
      request.session.user = user;
      response.send('in');
    });
    app.get('/why', async (request, response) => response.json(await store.endOf(request)));
  });
  await visitor.get('/sign-in');
  assert.equal((await visitor.get('/why')).text, 'null');
  await client.revokeAll(user, { reason: 'password-changed' });

  assert.equal(JSON.parse((await visitor.get('/why')).text).reason, 'password-changed');
  assert.equal((await new Visitor(origin).get('/why')).text, 'null');
});
