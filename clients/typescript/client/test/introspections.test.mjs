import assert from 'node:assert/strict';
import { AsyncLocalStorage } from 'node:async_hooks';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { SessionsError, SessionsUnavailableError } from '@session-functions/client';
import { active, down, problemOf, ScriptedApi } from './scripted-api.mjs';

const patienceMs = 5;
const pauseMs = 300_000;

let api;
let client;

// Time passes only when a test says so: what is sent without it waited for nothing.
beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout'] });
  api = new ScriptedApi();
  client = api.newClient();
});

afterEach(() => mock.reset());

const ask = async (token, options) => (await client.introspect(token, options)).session.sid;
const askAll = (...tokens) => tokens.map((token) => ask(token));
const names = (count) => Array.from({ length: count }, (_, i) => `token-${i}`);

/** Several that share a call, which is not answered yet. */
async function share(...tokens) {
  const first = ask('first');
  const alone = await api.next();
  const asked = askAll(...tokens);
  alone.answer();
  assert.equal(await first, 'first');
  const shared = await api.next();
  assert.ok(shared.isShared);
  assert.deepEqual(shared.tokens, tokens);
  return { asked, shared };
}

async function answerAlone(count) {
  for (let i = 0; i < count; i++) {
    const call = await api.next();
    assert.ok(call.isAlone);
    call.answer();
  }
}

async function assertNextIsAnswered() {
  const next = ask('next');
  await answerAlone(1);
  assert.equal(await next, 'next');
}

async function failuresOf(asked) {
  const settled = await Promise.allSettled(asked);
  assert.ok(settled.every(({ status }) => status === 'rejected'));
  return settled.map(({ reason }) => reason);
}

test('One alone is sent at once and alone', async () => {
  for (let i = 0; i < 3; i++) {
    const asked = ask('a');
    await answerAlone(1);
    assert.equal(await asked, 'a');
  }
});

test('Those that come meanwhile go together, and each gets its own answer', async () => {
  const first = ask('first');
  const alone = await api.next();
  const asked = askAll('a', 'b', 'c');
  assert.equal(api.count, 1);

  alone.answer();
  const shared = await api.next();
  assert.ok(shared.isShared);
  assert.deepEqual(shared.tokens, ['a', 'b', 'c']);
  shared.answer();

  assert.equal(await first, 'first');
  assert.deepEqual(await Promise.all(asked), ['a', 'b', 'c']);
});

test('One that waited alone is sent alone', async () => {
  const first = ask('first');
  const alone = await api.next();
  const second = ask('second');
  alone.answer();

  await answerAlone(1);

  assert.deepEqual([await first, await second], ['first', 'second']);
  await assertNextIsAnswered();
});

test('Many that wait go before a call returns, and no more than a call holds ever wait', async () => {
  const asked = askAll(...names(1 + 16 + 2 * 64));

  const calls = [await api.next(), await api.next(), await api.next(), await api.next()];

  assert.deepEqual(
    calls.map((call) => call.tokens.length),
    [1, 16, 64, 64],
  );
  for (const call of calls) {
    call.answer();
  }
  assert.deepEqual(await Promise.all(asked), names(asked.length));
});

test('A call that is slow to return keeps the others for a moment only', async () => {
  const slow = ask('slow');
  const stuck = await api.next();
  const asked = askAll('a', 'b');
  assert.equal(api.count, 1);

  mock.timers.tick(patienceMs);
  (await api.next()).answer();

  assert.deepEqual(await Promise.all(asked), ['a', 'b']);
  stuck.answer();
  assert.equal(await slow, 'slow');
});

test('The moment counts from the first of those that wait', async () => {
  const asked = askAll('slow', 'a');
  const stuck = await api.next();
  mock.timers.tick(patienceMs - 1);
  const late = ask('b');

  mock.timers.tick(1);
  const shared = await api.next();

  assert.deepEqual(shared.tokens, ['a', 'b']);
  shared.answer();
  stuck.answer();
  assert.deepEqual(await Promise.all([...asked, late]), ['slow', 'a', 'b']);
});

test('An abort takes out its own alone', async () => {
  const [before, after] = [new AbortController(), new AbortController()];
  const first = ask('first');
  const alone = await api.next();
  const early = ask('early', { signal: before.signal });
  const late = ask('late', { signal: after.signal });
  const asked = askAll('a', 'b');

  before.abort(new Error('left early'));
  await assert.rejects(early, { message: 'left early' });
  await assert.rejects(ask('at once', { signal: before.signal }), { message: 'left early' });
  alone.answer();
  const shared = await api.next();
  assert.deepEqual(shared.tokens, ['late', 'a', 'b']);
  after.abort(new Error('left late'));
  await assert.rejects(late, { message: 'left late' });
  shared.answer({ lost: 'late' });

  assert.equal(await first, 'first');
  assert.deepEqual(await Promise.all(asked), ['a', 'b']);
  assert.equal(api.count, 2);
});

test('When all that waited have left, nothing is sent, and the next goes at once', async () => {
  const controller = new AbortController();
  const first = ask('first');
  const alone = await api.next();
  const left = [ask('a', { signal: controller.signal }), ask('b', { signal: controller.signal })];
  controller.abort(new Error('left'));
  alone.answer();
  assert.equal(await first, 'first');
  await failuresOf(left);

  await assertNextIsAnswered();

  assert.equal(api.count, 2);
});

test('A failed call fails all of it as it would fail one, and no other', async () => {
  const { asked, shared } = await share('a', 'b', 'c');
  shared.answerWith(503, { ...down, errors: [{ detail: 'd' }] });

  const failures = await failuresOf(asked);

  for (const failure of failures) {
    assert.ok(failure instanceof SessionsUnavailableError);
    assert.deepEqual([failure.status, failure.type, failure.detail], [503, 'store-unavailable', 'd']);
    assert.equal(failure.message, failures[0].message);
  }
  // What one does with its error does not reach the others.
  assert.equal(new Set(failures).size, 3);
  assert.equal(new Set(failures.map(({ errors }) => errors)).size, 3);
  await assertNextIsAnswered();
});

test('A refused key is the error of each', async () => {
  const warned = mock.method(console, 'warn', () => {});
  const { asked, shared } = await share('a', 'b');
  shared.answerWith(401, problemOf('unauthenticated', 401));

  for (const failure of await failuresOf(asked)) {
    assert.ok(failure instanceof SessionsError && !(failure instanceof SessionsUnavailableError));
    assert.deepEqual([failure.status, failure.type], [401, 'unauthenticated']);
  }
  assert.equal(warned.mock.callCount(), 1);
  await assertNextIsAnswered();
});

test('A lost connection fails all of the call', async () => {
  const { asked, shared } = await share('a', 'b');
  shared.fail(new TypeError('fetch failed'));

  assert.ok((await failuresOf(asked)).every((failure) => failure instanceof SessionsUnavailableError));
  await assertNextIsAnswered();
});

test('One that gets a problem is asked alone', async () => {
  const { asked, shared } = await share('a', 'b', 'c');
  shared.answer({ lost: 'b' });

  assert.deepEqual([await asked[0], await asked[2]], ['a', 'c']);
  const alone = await api.next();
  assert.deepEqual([alone.isAlone, alone.tokens], [true, ['b']]);
  alone.answerWith(503, down);
  assert.equal((await failuresOf([asked[1]]))[0].status, 503);
});

for (const [status, type] of Object.entries({ 400: 'validation', 403: 'forbidden', 413: 'body-too-large' })) {
  test(`What one has wrong is not held against the others: ${status}`, async () => {
    const { asked, shared } = await share('a', 'b');
    shared.answerWith(Number(status), problemOf(type, Number(status)));

    await answerAlone(2);

    assert.deepEqual(await Promise.all(asked), ['a', 'b']);
    (await share('c', 'd')).shared.answer();
  });
}

for (const status of [404, 405]) {
  test(`An older API is asked one by one, and after a while again: ${status}`, async () => {
    let skippedMs = 0;
    const now = performance.now.bind(performance);
    mock.method(performance, 'now', () => now() + skippedMs);
    const { asked, shared } = await share('a', 'b');
    shared.answerWith(status, problemOf('not-found', status));
    await answerAlone(2);
    assert.deepEqual(await Promise.all(asked), ['a', 'b']);

    const later = askAll('c', 'd', 'e');
    await answerAlone(3);
    assert.deepEqual(await Promise.all(later), ['c', 'd', 'e']);

    skippedMs = pauseMs;
    const again = await share('f', 'g');
    again.shared.answer();
    assert.deepEqual(await Promise.all(again.asked), ['f', 'g']);
  });
}

const inactive = { active: false };
for (const body of [
  { answers: [] },
  { answers: [inactive] },
  { answers: [inactive, inactive, inactive] },
  { answers: [inactive, false] },
  { answers: { length: 2 } },
  inactive,
  [],
  null,
]) {
  test(`An answer of another shape answers nobody: ${JSON.stringify(body)}`, async () => {
    const { asked, shared } = await share('a', 'b');
    shared.answerWith(200, body);

    assert.ok((await failuresOf(asked)).every((failure) => failure instanceof SessionsUnavailableError));
  });
}

test('One answer that is broken is no answer to that one', async () => {
  const broken = [{ active: 'yes' }, { active: true }, { active: true, session: {} }, {}];
  const { asked, shared } = await share('a', 'b', 'c', 'd', 'e');
  shared.answerWith(200, { answers: [...broken, active('e')] });

  assert.ok((await failuresOf(asked.slice(0, 4))).every((failure) => failure instanceof SessionsUnavailableError));
  assert.equal(await asked[4], 'e');
});

test('What has a header or a length of its own goes alone', async () => {
  const first = ask('first');
  const alone = await api.next();
  const own = [ask('strong', { consistency: 'strong' }), ask('x'.repeat(960)), ask('ü'.repeat(480))];

  await answerAlone(own.length);
  alone.answer();

  assert.deepEqual(await Promise.all([first, ...own]), ['first', 'strong', 'x'.repeat(960), 'ü'.repeat(480)]);
});

test('An introspection ends in time even when it is asked again alone', async () => {
  let skippedMs = 0;
  const now = performance.now();
  mock.method(performance, 'now', () => now + skippedMs);
  const pass = (milliseconds) => {
    skippedMs += milliseconds;
    mock.timers.tick(milliseconds);
  };
  const { asked, shared } = await share('a', 'b');
  pass(2900);
  shared.answer({ lost: 'b' });
  assert.equal(await asked[0], 'a');
  await api.next();

  pass(100);

  await assert.rejects(asked[1], { message: 'The session service did not answer within 3000 ms.' });
});

test('What flows with a caller does not reach a shared call, and what is sent alone keeps it', async () => {
  const flowing = new AsyncLocalStorage();
  const flowed = [];
  const key = () => {
    flowed.push(flowing.getStore());
    return 'ssk_x';
  };
  client = api.newClient({ key });
  const asked = flowing.run('of the first', () => ask('first'));
  const alone = await api.next();
  const others = flowing.run('of the others', () => askAll('a', 'b'));
  alone.answer();
  const shared = await api.next();
  const late = flowing.run('of the late', () => ask('late'));
  shared.answer();
  await answerAlone(1);

  await Promise.all([asked, ...others, late]);
  assert.deepEqual(flowed, ['of the first', undefined, 'of the late']);
});

test('Where requests are isolated from each other, none waits for a call of another', async (t) => {
  const before = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
  Object.defineProperty(globalThis, 'navigator', { value: { userAgent: 'Cloudflare-Workers' }, configurable: true });
  t.after(() => {
    delete globalThis.navigator;
    Object.defineProperties(globalThis, before === undefined ? {} : { navigator: before });
  });
  client = api.newClient();

  const asked = askAll('a', 'b', 'c');
  await answerAlone(3);

  assert.deepEqual(await Promise.all(asked), ['a', 'b', 'c']);
});
