import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { SessionsClient } from '@session-functions/client';
import { FaultyProxy } from '../../testing/faulty-proxy.mjs';
import { client, key, newUser } from '../../testing/service.mjs';

const sessionCount = 40;
const callers = 1000;

async function throughProxy(t) {
  const proxy = await FaultyProxy.start();
  t.after(() => proxy.stop());
  return { proxy, through: new SessionsClient({ url: proxy.url, key, timeoutMs: 20_000 }) };
}

test('Each of a thousand at once gets its own session, also while others leave', async (t) => {
  const { proxy, through } = await throughProxy(t);
  const sessions = await Promise.all(Array.from({ length: sessionCount }, () => client.create({ userId: newUser() })));
  const [ended] = sessions;
  await client.revoke(ended.sid);
  const left = new Error('left');

  const asked = Array.from({ length: callers }, async (_, i) => {
    const own = sessions[(i * 7) % sessionCount];
    const controller = new AbortController();
    const answer = through.introspect(own.token, { signal: controller.signal });
    if (i % 10 === 0) {
      // At once, or while the call is somewhere on its way.
      const turns = i % 40;
      setTurns(turns).then(() => controller.abort(left));
    }
    return { own, isAborted: i % 10 === 0, answer: await answer.catch((error) => error) };
  });

  let aborted = 0;
  for (const { own, isAborted, answer } of await Promise.all(asked)) {
    if (isAborted && answer === left) {
      aborted++;
    } else {
      assert.deepEqual([answer.active, answer.session?.sid], own === ended ? [false, undefined] : [true, own.sid]);
    }
  }
  assert.ok(aborted > 0);
  // Fewer calls than introspections: they were shared.
  assert.ok(proxy.requests.length <= callers / 8, `${proxy.requests.length} calls`);
});

test('Introspections that share a call are as they are alone', async (t) => {
  const { proxy, through } = await throughProxy(t);
  const { token } = await client.create({
    userId: newUser(),
    authenticationMethods: ['pwd'],
    claims: { role: 'admin' },
  });
  const options = { touch: false, ipAddress: '192.0.2.7', requires: { methods: ['hwk'] } };
  const withPassport = { touch: false, passport: { audience: 'orders' } };
  const refused = { touch: false, passport: { audience: 'billing' } };
  const ask = (how) => through.introspect(token, how);
  const alone = await client.introspect(token, { touch: false });

  const [plain, lacking, passport, error] = await Promise.all([
    ...[undefined, options, withPassport, refused].map((how) => ask(how).catch((failure) => failure)),
    ask(),
  ]);

  const timeless = ({ session: { idleExpiresInSeconds, expiresInSeconds, ...session } }) => session;
  for (const answer of [plain, lacking, passport]) {
    assert.deepEqual(timeless(answer), timeless(alone));
  }
  assert.deepEqual(lacking.insufficient, { methods: ['hwk'] });
  assert.equal(passport.passport.audience, 'orders');
  assert.deepEqual([error.status, error.type], [403, 'audience-refused']);
  const urls = proxy.requests.map(({ url }) => url.split('/').at(-1));
  assert.deepEqual(urls.toSorted(), ['introspect', 'introspect', 'introspections']);
});

async function setTurns(count) {
  for (let i = 0; i < count; i++) {
    await setImmediate();
  }
}
