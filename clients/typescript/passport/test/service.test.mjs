import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { SessionsClient, SessionsError, SessionsUnavailableError } from '@session-functions/client';
import { PassportRefusedError, PassportVerifier } from '@session-functions/passport';
import { FaultyProxy } from '../../testing/faulty-proxy.mjs';
import { client, key, newUser } from '../../testing/service.mjs';

const issuer = 'https://sessions.example.com';
const audience = 'orders';
const maxFeedAgeMs = 3000;
const isFeed = (request) => request.url.includes('/v1/endings') && !request.url.includes('/v1/endings/');

async function setUp(t) {
  const proxy = await FaultyProxy.start();
  const clocks = { skippedMs: 0 };
  const through = new SessionsClient({ url: proxy.url, key, timeoutMs: 20_000, onWarning: () => {} });
  const verifier = new PassportVerifier({
    issuer,
    audience,
    client: through,
    maxFeedAgeMs,
    onWarning: () => {},
    clocks: { monotonic: () => performance.now() + clocks.skippedMs, wall: () => Date.now() + clocks.skippedMs },
  });
  t.after(async () => {
    verifier.stop();
    await proxy.stop();
  });
  const { sid, token } = await client.create({ userId: newUser(), claims: { role: 'admin' } });
  const { passport } = await client.introspect(token, { passport: { audience } });
  do {
    await verifier.feed.poll();
  } while (!(verifier.feed.ageMs < maxFeedAgeMs));
  verifier.start();
  return { proxy, clocks, verifier, sid, token, passport: passport.token };
}

const refusalOf = (promise) =>
  promise.then(
    () => 'accepted',
    (error) => (error instanceof PassportRefusedError ? error.reason : error),
  );

test('A passport of the service is accepted, and refused within the age of the feed once its session ended', async (t) => {
  const { verifier, sid, passport } = await setUp(t);
  const claims = await verifier.verify(passport);
  assert.deepEqual([claims.sid, claims.claims], [sid, { role: 'admin' }]);

  await client.revoke(sid);
  const acknowledged = performance.now();
  let last = acknowledged;
  for (let refusal = 'accepted'; refusal !== 'ended'; await setImmediate()) {
    const began = performance.now();
    assert.ok(began - acknowledged < 60_000, `still ${refusal}`);
    refusal = await refusalOf(verifier.verify(passport));
    last = refusal === 'accepted' ? began : last;
  }

  assert.ok(last - acknowledged <= maxFeedAgeMs, `${last - acknowledged} ms`);
});

test('With the feed cut off the verifier asks, and with all cut off it refuses to guess', async (t) => {
  const { proxy, clocks, verifier, sid, passport } = await setUp(t);
  await verifier.verify(passport);
  proxy.faults = [{ reset: 'before', times: Number.POSITIVE_INFINITY, when: isFeed }];
  clocks.skippedMs = maxFeedAgeMs + 1;
  assert.ok(verifier.feed.ageMs > maxFeedAgeMs);

  assert.equal(await refusalOf(verifier.verify(passport)), 'accepted');
  await client.revoke(sid);
  assert.equal(await refusalOf(verifier.verify(passport)), 'ended');
  proxy.faults = [{ status: 503, times: Number.POSITIVE_INFINITY }];

  assert.ok((await refusalOf(verifier.verify(passport))) instanceof SessionsUnavailableError);
});

test('A passport is no credential of the service, and a session token is no passport', async (t) => {
  const { proxy, verifier, token, passport } = await setUp(t);
  const asService = new SessionsClient({ url: proxy.url, key: passport, timeoutMs: 20_000, onWarning: () => {} });

  await assert.rejects(asService.count(newUser()), { status: 401, type: 'unauthenticated' });
  assert.deepEqual(await client.awaitChange(passport), { state: 'ended', end: null });
  assert.deepEqual(await client.introspect(passport), { active: false });
  assert.equal(await refusalOf(verifier.verify(token)), 'malformed');
});

test('Whether a session has ended is told by its sid', async (t) => {
  const { sid } = await setUp(t);
  assert.equal(await client.passports.hasEnded(sid), false);

  await client.revoke(sid);

  assert.equal(await client.passports.hasEnded(sid), true);
  assert.equal(await client.passports.hasEnded(`ses_${'A'.repeat(43)}`), true);
});

test('A cursor of another deployment is of no use, and an audience that is not granted is refused', async (t) => {
  const { token } = await setUp(t);
  const { cursor } = await client.passports.endings();
  assert.notEqual(await client.passports.endings(cursor), null);

  assert.equal(await client.passports.endings('of-another-deployment'), null);

  await assert.rejects(
    client.introspect(token, { passport: { audience: 'billing' } }),
    (error) => error instanceof SessionsError && error.status === 403 && error.type === 'audience-refused',
  );
});
