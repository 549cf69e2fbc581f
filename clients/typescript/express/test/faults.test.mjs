import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, afterEach, before, test } from 'node:test';
import { inspect } from 'node:util';
import { SessionsClient } from '@session-functions/client';
import { FaultyProxy } from '../../testing/faulty-proxy.mjs';
import { key } from '../../testing/service.mjs';
import { appWith, idOf, newStore } from './support.mjs';

let proxy;
const warnings = [];

before(async () => {
  proxy = await FaultyProxy.start();
});
after(() => proxy.stop());
afterEach(() => {
  proxy.faults = [];
  proxy.requests = [];
});

const through = (options) =>
  new SessionsClient({ url: proxy.url, key, timeoutMs: 20_000, onWarning: (line) => warnings.push(line), ...options });

const routes = (app) => {
  app.get('/', (request, response) => {
    request.session.n = (request.session.n ?? 0) + 1;
    response.send(String(request.session.n));
  });
};

test('While the service is down every request with a session is answered 503', async (t) => {
  const { visitor } = await appWith(t, newStore({ client: through() }), routes);
  await visitor.get('/');
  proxy.faults.push({ reset: 'before', times: 99 });

  const answer = await visitor.get('/');

  assert.equal(answer.status, 503);
  assert.deepEqual(JSON.parse(answer.text).code, 'unavailable');
});

test('A refused service key is 503 for the user, never 401', async (t) => {
  warnings.length = 0;
  const { visitor } = await appWith(t, newStore({ client: through() }), routes);
  await visitor.get('/');
  proxy.faults.push({ status: 401, times: 99, body: '{}' });

  for (let i = 0; i < 3; i++) {
    assert.equal((await visitor.get('/')).status, 503);
  }
  assert.equal(warnings.length, 1);
});

test('Every method calls back with the error, and no error names an id', async () => {
  const store = newStore({ client: through({ timeoutMs: 300 }) });
  const id = randomUUID();
  proxy.faults.push({ reset: 'before', times: 999 });
  for (const [method, ...values] of [
    ['get', id],
    ['set', id, { cookie: {} }],
    ['touch', id, { cookie: {} }],
    ['destroy', id],
    ['clear'],
  ]) {
    const error = await new Promise((resolve) => store[method](...values, resolve));
    assert.equal(error.name, 'SessionStoreError', method);
    assert.equal(error.status, 503);
    assert.equal(error.statusCode, 503);
    assert.ok(!inspect(error, { showHidden: true, depth: 9 }).includes(id));
    await assert.rejects(store[method](...values), { name: 'SessionStoreError' });
  }
});

test('A save whose answer is lost is saved once more, and changes nothing twice', async (t) => {
  const store = newStore({ client: through() });
  const { visitor } = await appWith(t, store, routes);
  await visitor.get('/');
  proxy.faults.push({ reset: 'after', when: (request) => request.method === 'PUT' });

  assert.equal((await visitor.get('/')).text, '2');

  assert.equal((await store.get(idOf(visitor))).n, 2);
});

test('No id of the framework goes over the wire', async (t) => {
  const { visitor } = await appWith(t, newStore({ client: through() }), routes);
  await visitor.get('/');
  await visitor.get('/');

  const id = idOf(visitor);
  assert.ok(proxy.requests.length >= 3);
  assert.ok(proxy.requests.every((request) => !JSON.stringify(request).includes(id)));
});

test('A request costs one read and one write', async (t) => {
  const { visitor } = await appWith(t, newStore({ client: through() }), (app) => {
    routes(app);
    app.get('/read', (_, response) => response.send('read'));
  });
  await visitor.get('/');
  assert.deepEqual(
    proxy.requests.map((request) => request.method),
    ['PUT'],
  );
  proxy.requests = [];

  await visitor.get('/');
  assert.deepEqual(
    proxy.requests.map((request) => request.method),
    ['GET', 'PUT'],
  );
  proxy.requests = [];

  await visitor.get('/read');
  assert.deepEqual(
    proxy.requests.map((request) => request.method),
    ['GET', 'POST'],
  );
});
