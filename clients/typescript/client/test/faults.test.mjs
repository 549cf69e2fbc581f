import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { inspect } from 'node:util';
import { SessionsClient, SessionsError, SessionsUnavailableError, sessionKey } from '@session-functions/client';
import { FaultyProxy } from '../../testing/faulty-proxy.mjs';
import { client, key, newUser } from '../../testing/service.mjs';

let proxy;
const warnings = [];

before(async () => {
  proxy = await FaultyProxy.start();
});
after(() => proxy.stop());
afterEach(() => {
  proxy.faults = [];
  proxy.requests = [];
  warnings.length = 0;
});

const behindProxy = (options = {}) =>
  new SessionsClient({ url: proxy.url, key, timeoutMs: 20_000, onWarning: (line) => warnings.push(line), ...options });

const unavailable = (type) => ({
  status: 503,
  headers: { 'Retry-After': '1', 'Content-Type': 'application/problem+json' },
  body: problem(type, 503),
});
const problem = (type, status) =>
  JSON.stringify({ type: `urn:session-functions:problem:${type}`, title: 'Title.', status });

test('A create whose answer is lost is asked for again, and makes one session', async () => {
  const userId = newUser();
  proxy.faults.push({ reset: 'after', times: 2 });

  const { token, session } = await behindProxy().create({ userId });

  assert.equal(proxy.requests.length, 3);
  assert.equal(new Set(proxy.requests.map((request) => request.headers['idempotency-key'])).size, 1);
  assert.equal(await client.count(userId), 1);
  assert.equal((await client.introspect(token)).session.sid, session.sid);
});

test('Each create has an idempotency key of its own', async () => {
  const userId = newUser();
  const through = behindProxy();
  await through.create({ userId });
  await through.create({ userId });

  assert.equal(new Set(proxy.requests.map((request) => request.headers['idempotency-key'])).size, 2);
  assert.equal(await client.count(userId), 2);
});

test('503 with Retry-After is waited for', async () => {
  const { sid } = await client.create({ userId: newUser() });
  proxy.faults.push(unavailable('store-unavailable'));
  const started = performance.now();

  assert.equal((await behindProxy().get(sid)).sid, sid);

  assert.ok(performance.now() - started >= 990);
  assert.equal(proxy.requests.length, 2);
});

test('Retry-After may be a date, which counts by the clock of the service', async () => {
  const { sid } = await client.create({ userId: newUser() });
  const wrong = Date.now() - 86_400_000;
  const headers = { Date: new Date(wrong).toUTCString(), 'Retry-After': new Date(wrong + 1000).toUTCString() };
  proxy.faults.push({ ...unavailable('store-unavailable'), headers });
  const started = performance.now();

  assert.equal((await behindProxy().get(sid)).sid, sid);

  assert.ok(performance.now() - started >= 990);
  assert.equal(proxy.requests.length, 2);
});

test('429 is repeated even for a call that is not safe to repeat: it was not carried out', async () => {
  const { sid } = await client.create({ userId: newUser() });
  proxy.faults.push({ status: 429, headers: { 'Retry-After': '0' }, body: problem('rate-limited', 429) });

  assert.equal((await behindProxy().rotate(sid)).sid, sid);
});

test('A wait beyond the time for the call is not begun', async () => {
  proxy.faults.push({ status: 429, headers: { 'Retry-After': '60' }, body: problem('rate-limited', 429), times: 9 });
  const started = performance.now();

  await assert.rejects(behindProxy({ timeoutMs: 2000 }).count(newUser()), (error) => {
    assert.equal(error.status, 429);
    assert.equal(error.retryAfter, 60);
    return true;
  });

  assert.ok(performance.now() - started < 1500);
  assert.equal(proxy.requests.length, 1);
});

test('A rotation whose answer is lost is not repeated', async () => {
  const { sid } = await client.create({ userId: newUser() });
  proxy.faults.push({ reset: 'after' });

  await assert.rejects(behindProxy().rotate(sid), SessionsUnavailableError);

  assert.equal(proxy.requests.length, 1);
});

test('Neither a merge nor a conditional save is repeated after a lost answer', async () => {
  const id = await sessionKey(newUser());
  const { etag } = await client.keyed.save(id, { data: {} });
  const through = behindProxy();
  for (const call of [
    () => through.keyed.merge(id, { a: 1 }),
    () => through.keyed.save(id, { data: {} }, { ifMatch: etag }),
  ]) {
    proxy.faults.push({ reset: 'before' });
    await assert.rejects(call, SessionsUnavailableError);
  }

  assert.equal(proxy.requests.length, 2);
});

test('A keyed save, a touch, an end and an introspection are repeated', async () => {
  const { sid, token } = await client.create({ userId: newUser() });
  const id = await sessionKey(newUser());
  const through = behindProxy();
  const calls = [
    () => through.keyed.save(id, { data: { n: 1 } }),
    () => through.keyed.touch(id),
    () => through.keyed.end(id),
    () => through.introspect(token),
    () => through.touch(sid),
    () => through.revoke(sid),
  ];
  for (const call of calls) {
    proxy.faults.push({ reset: 'after' });
    await call();
  }

  assert.equal(proxy.requests.length, 2 * calls.length);
});

test('A stalled answer has a second chance, and the call ends in time', async () => {
  const { sid } = await client.create({ userId: newUser() });
  proxy.faults.push({ stall: true });
  assert.equal((await behindProxy({ timeoutMs: 4000 }).get(sid)).sid, sid);

  proxy.faults.push({ stall: true, times: 9 });
  const started = performance.now();
  await assert.rejects(behindProxy({ timeoutMs: 600 }).get(sid), (error) => {
    assert.ok(error instanceof SessionsUnavailableError);
    assert.match(error.message, /did not answer within 600 ms/);
    return true;
  });
  assert.ok(performance.now() - started < 2500);
});

test("The caller's own signal ends a call with its reason", async () => {
  proxy.faults.push({ stall: true, times: 9 });
  const controller = new AbortController();
  const call = behindProxy().count(newUser(), { signal: controller.signal });
  controller.abort(new Error('The user has left.'));

  await assert.rejects(call, { message: 'The user has left.' });
});

test('A service that is down is unavailable, never a wrong answer', async () => {
  const gone = await FaultyProxy.start();
  const address = gone.url;
  await gone.stop();
  const down = new SessionsClient({ url: address, key, timeoutMs: 1000 });

  for (const call of [() => down.introspect('sst_x'), () => down.get(`ses_${'A'.repeat(43)}`), () => down.create({})]) {
    await assert.rejects(call, (error) => {
      assert.ok(error instanceof SessionsUnavailableError && error instanceof SessionsError);
      assert.match(error.message, /cannot be reached \(ECONNREFUSED\)/);
      assert.equal(error.status, 0);
      return true;
    });
  }
});

test('An answer that is not the service, or not whole, is an error', async () => {
  proxy.faults.push(
    { status: 200, headers: { 'Content-Length': '100' }, body: '' },
    { status: 404, body: '<html>' },
    { status: 302, headers: { Location: 'http://127.0.0.1:9/' } },
  );
  proxy.faults.push({
    status: 200,
    headers: { 'Content-Type': 'text/html' },
    body: '<html>Sign in to this network</html>',
  });
  const through = behindProxy({ attempts: 1, timeoutMs: 1000 });
  const sid = `ses_${'A'.repeat(43)}`;

  await assert.rejects(through.get(sid), SessionsUnavailableError);
  await assert.rejects(through.get(sid), { status: 404, type: 'unknown' });
  await assert.rejects(through.get(sid), { status: 302 });
  await assert.rejects(through.get(sid), SessionsUnavailableError);
});

const page = {
  cursor: 'c',
  more: false,
  completeAsOf: '2026-01-01T00:00:00Z',
  heldSince: '2026-01-01T00:00:00Z',
  heldMilliseconds: 0,
  ageMilliseconds: 0,
  lifetimeSeconds: 120,
  keepSeconds: 277,
  endings: [{ hash: 'A'.repeat(22), endedAt: '2026-01-01T00:00:00Z' }],
};
const sid = `ses_${'A'.repeat(43)}`;
const wrongOnes = {
  'A page of the feed without a cursor': ['endings', { ...page, cursor: undefined }],
  'A page that does not say how complete it is': ['endings', { ...page, completeAsOf: undefined }],
  'A page with an instant that is none': ['endings', { ...page, heldSince: 'yesterday' }],
  'A page with a negative age': ['endings', { ...page, ageMilliseconds: -1 }],
  'A page with a number as text': ['endings', { ...page, keepSeconds: '277' }],
  'A page with another revoke-before': ['endings', { ...page, revokedBefore: 7 }],
  'A page without endings': ['endings', { ...page, endings: undefined }],
  'A hash that is cut short': ['endings', { ...page, endings: [{ ...page.endings[0], hash: 'A'.repeat(21) }] }],
  'An ending without its instant': ['endings', { ...page, endings: [{ hash: 'A'.repeat(22) }] }],
  'A list of keys that is none': ['keys', { keys: {} }],
  'An ending of another session': ['hasEnded', { sid: `ses_${'B'.repeat(43)}`, ended: false }],
  'An ending that is neither': ['hasEnded', { sid, ended: 'no' }],
};
for (const [name, [call, answer]] of Object.entries(wrongOnes)) {
  test(`What verifiers ask is answered in its shape or not at all: ${name}`, async () => {
    const { passports } = behindProxy({ attempts: 1 });
    proxy.faults.push({ status: 200, body: JSON.stringify(answer) });

    await assert.rejects(passports[call](call === 'hasEnded' ? sid : undefined), SessionsUnavailableError);

    assert.equal(proxy.faults.length, 0);
  });
}

test('A page of the feed in its shape is read', async () => {
  proxy.faults.push({ status: 200, body: JSON.stringify(page) });

  assert.deepEqual(await behindProxy().passports.endings(), page);
});

test('A refused key is one warning, not one per request', async () => {
  const wrong = behindProxy({ key: 'ssk_wrong-secret' });
  for (let i = 0; i < 3; i++) {
    await assert.rejects(wrong.count(newUser()), { status: 401, type: 'unauthenticated' });
  }

  assert.equal(warnings.length, 1);
  assert.match(warnings[0], /refused the service key/);
});

test('No text of an error, a warning or the client holds a secret', async () => {
  const secret = 'ssk_wrong-secret';
  const token = `sst_${'B'.repeat(118)}`;
  const wrong = behindProxy({ key: secret, timeoutMs: 500 });
  proxy.faults.push({ status: 401, body: problem('unauthenticated', 401) }, { reset: 'before', times: 9 });
  const texts = [inspect(wrong, { depth: 9, showHidden: true }), JSON.stringify(wrong)];
  for (const call of [() => wrong.introspect(token), () => wrong.introspect(token), () => wrong.endOf(token)]) {
    await call().catch((error) =>
      texts.push(inspect(error, { depth: 9, showHidden: true }), String(error.stack), JSON.stringify(error)),
    );
  }

  assert.ok(texts.length >= 8);
  for (const text of [...texts, ...warnings]) {
    assert.ok(!text.includes(secret) && !text.includes(token), text);
  }
});

test('A key function is asked for each request, and its failure sends nothing', async () => {
  let asked = 0;
  const through = behindProxy({
    key: async () => {
      asked++;
      return key;
    },
  });
  await through.count(newUser());
  await through.count(newUser());
  assert.equal(asked, 2);

  const failing = behindProxy({ key: () => Promise.reject(new Error('secret of the identity provider')) });
  await assert.rejects(
    failing.count(newUser()),
    (error) => error instanceof SessionsUnavailableError && !inspect(error).includes('secret of'),
  );
  assert.equal(proxy.requests.length, 2);
});
