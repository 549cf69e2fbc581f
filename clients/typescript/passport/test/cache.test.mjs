import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SessionsUnavailableError } from '@session-functions/client';
import { PassportRefusedError, PassportVerifier } from '@session-functions/passport';
import { digestOf, VerifiedPassports, webDigestOf } from '../dist/verified.js';
import { FakeService, TestClocks, vector, vectors } from './support.mjs';

const passport = vector('a user');
const unknownKey = vector('a key id that is not published');

async function setUp(options = {}, clocks = new TestClocks()) {
  const service = new FakeService();
  const verifier = new PassportVerifier({ ...vectors, client: service, clocks, onWarning: () => {}, ...options });
  await verifier.feed.poll();
  return { service, clocks, verifier };
}

const refusalOf = (promise) =>
  promise.then(
    () => 'accepted',
    (error) => (error instanceof PassportRefusedError ? error.reason : error),
  );

/** Counts the signatures that are checked. */
function countSignatures(t) {
  const verify = t.mock.method(crypto.subtle, 'verify');
  return () => verify.mock.callCount();
}

/** A verifier whose keys were read almost five minutes ago, and are read anew with the next request. */
async function setUpWithOldKeys(keys) {
  const clocks = new TestClocks(vectors.now * 1000 - 290_000);
  const { service, verifier } = await setUp({}, clocks);
  await refusalOf(verifier.verify(unknownKey));
  clocks.advance(290_000);
  await verifier.feed.poll();
  await verifier.verify(passport);
  service.keys = keys;
  clocks.advance(20_000);
  await verifier.feed.poll();
  await verifier.verify(passport);
  await new Promise(setImmediate);
  return verifier;
}

test('A passport is verified once, and each request has claims of its own', async (t) => {
  const { verifier } = await setUp();
  const signatures = countSignatures(t);

  const first = await verifier.verify(passport);
  first.sub = 'mallory';
  const second = await verifier.verify(passport);

  assert.equal(signatures(), 1);
  assert.equal(second.sub, 'alice');
});

test('What is refused is verified each time', async (t) => {
  const { verifier } = await setUp();
  const signatures = countSignatures(t);

  for (const [name, reason] of [
    ['signed by another key', 'signature'],
    ['another audience', 'audience'],
    ['a foreign issuer', 'issuer'],
    ['ended this second', 'expired'],
  ]) {
    assert.equal(await refusalOf(verifier.verify(vector(name))), reason);
    assert.equal(await refusalOf(verifier.verify(vector(name))), reason);
  }

  assert.equal(signatures(), 8);
});

test('A kept passport expires, and is of the future when the clock is set back', async () => {
  const { verifier, clocks } = await setUp();
  const { exp } = await verifier.verify(passport);

  clocks.now.wall = exp * 1000;
  await verifier.feed.poll();
  assert.equal(await refusalOf(verifier.verify(passport)), 'expired');

  clocks.now.wall = (vectors.now - 120) * 1000;
  assert.equal(await refusalOf(verifier.verify(passport)), 'issued-in-future');
});

test('A kept passport is refused when its session ends, by itself or with those of its time', async () => {
  for (const change of [
    ({ hash }) => ({ endings: [{ hash, endedAt: new Date(vectors.now * 1000).toISOString() }] }),
    ({ created_ms }) => ({ revokedBefore: new Date(created_ms + 1).toISOString() }),
  ]) {
    const { service, verifier } = await setUp();
    const claims = await verifier.verify(passport);
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(claims.sid));
    const hash = Buffer.from(digest).subarray(0, 16).toString('base64url');
    service.page = { ...vectors.feed, ...change({ ...claims, hash }) };
    await verifier.feed.poll();

    assert.equal(await refusalOf(verifier.verify(passport)), 'ended');
  }
});

test('A kept passport is asked for when the feed is old, and not accepted when nobody answers', async (t) => {
  const { service, clocks, verifier } = await setUp();
  t.after(() => verifier.stop());
  await verifier.verify(passport);
  service.page = undefined;
  clocks.advance(6000);

  await verifier.verify(passport);
  assert.equal(service.asked.ended, 1);
  service.isDown = true;
  assert.ok((await refusalOf(verifier.verify(passport))) instanceof SessionsUnavailableError);
});

test('A kept passport of a key that was removed, or is another one, is refused', async () => {
  const [key] = vectors.jwks.keys;
  const other = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const { x, y } = await crypto.subtle.exportKey('jwk', other.publicKey);

  assert.equal(await refusalOf((await setUpWithOldKeys([])).verify(passport)), 'key');
  assert.equal(await refusalOf((await setUpWithOldKeys([{ ...key, x, y }])).verify(passport)), 'signature');
  assert.equal(await refusalOf((await setUpWithOldKeys([key])).verify(passport)), 'accepted');
});

test('Another verifier shares nothing, and a text that differs in any character is verified', async (t) => {
  const { service, clocks, verifier } = await setUp();
  await verifier.verify(passport);
  const other = new PassportVerifier({ ...vectors, audience: 'payments', client: service, clocks });
  assert.equal(await refusalOf(other.verify(passport)), 'audience');

  const signatures = countSignatures(t);
  const at = passport.lastIndexOf('.') - 4;
  const changed = passport.slice(0, at) + (passport[at] === 'A' ? 'B' : 'A') + passport.slice(at + 1);
  assert.equal(await refusalOf(verifier.verify(changed)), 'signature');
  assert.equal(signatures(), 1);
});

test('Passports are kept until they end, 10,000 at most', () => {
  const kept = new VerifiedPassports();
  for (let number = 0; number < 20_000; number++) {
    kept.set(`digest ${number}`, { until: 1000 }, 0);
  }
  assert.equal(kept.size, 10_000);
  assert.equal(kept.get('digest 0'), undefined);

  kept.set('the last one', { until: 2000 }, 1000);

  assert.equal(kept.size, 1);
});

test('The digest is that of Web Crypto, which is asked where there is nothing else', async () => {
  const texts = [passport, `${passport}A`, ''];

  for (const text of texts) {
    const digest = Buffer.from(await webDigestOf(text), 'latin1').toString('base64url');
    assert.equal(await digestOf(text), digest);
  }
});
