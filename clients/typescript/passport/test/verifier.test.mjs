import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { SessionsUnavailableError } from '@session-functions/client';
import { PassportRefusedError, PassportVerifier } from '@session-functions/passport';
import { FakeService, TestClocks, vector, vectors } from './support.mjs';

const passport = vector('a user');
const unknownKey = vector('a key id that is not published');

function setUp(options = {}) {
  const service = new FakeService();
  const clocks = new TestClocks();
  const verifier = new PassportVerifier({ ...vectors, client: service, clocks, onWarning: () => {}, ...options });
  return { service, clocks, verifier };
}

const refusalOf = (promise) =>
  promise.then(
    () => 'accepted',
    (error) => (error instanceof PassportRefusedError ? error.reason : error),
  );

test('With a fresh feed nothing is asked but the keys once', async () => {
  const { service, verifier } = setUp();
  await verifier.feed.poll();

  for (let i = 0; i < 3; i++) {
    assert.equal((await verifier.verify(passport)).sub, 'alice');
  }

  assert.deepEqual([service.asked.keys, service.asked.ended], [1, 0]);
});

test('With an old feed each passport is asked for, and an ended session is refused', async (t) => {
  const { service, clocks, verifier } = setUp();
  t.after(() => verifier.stop());
  await verifier.feed.poll();
  clocks.advance(5000);
  await verifier.verify(passport);
  assert.equal(service.asked.ended, 0);
  service.page = undefined;
  clocks.advance(1);

  const { sid } = await verifier.verify(passport);
  assert.equal(service.asked.ended, 1);
  service.ended.add(sid);

  assert.equal(await refusalOf(verifier.verify(passport)), 'ended');
});

test('With feed and service down it is not known, and not accepted', async (t) => {
  const { service, clocks, verifier } = setUp();
  t.after(() => verifier.stop());
  await verifier.feed.poll();
  await verifier.verify(passport);
  service.page = undefined;
  service.isDown = true;
  clocks.advance(6000);

  assert.ok((await refusalOf(verifier.verify(passport))) instanceof SessionsUnavailableError);
});

test('An option accepts until the end when all is down, but nothing known to have ended', async (t) => {
  const { service, clocks, verifier } = setUp({ acceptUntilExpiryWhenUnavailable: true });
  t.after(() => verifier.stop());
  await verifier.feed.poll();
  await verifier.verify(passport);
  service.page = undefined;
  service.isDown = true;
  clocks.advance(6000);

  assert.equal(await refusalOf(verifier.verify(passport)), 'accepted');
  assert.equal(await refusalOf(verifier.verify(vector('an ended session'))), 'ended');
  clocks.advance(60_000);
  assert.equal(await refusalOf(verifier.verify(passport)), 'expired');
});

test('Unknown key ids cost the service one request in ten seconds', async () => {
  const { service, clocks, verifier } = setUp();
  await verifier.feed.poll();
  const refusals = await Promise.all([1, 2, 3].map(() => refusalOf(verifier.verify(unknownKey))));
  assert.deepEqual([...new Set(refusals)], ['key']);
  assert.equal(await refusalOf(verifier.verify(unknownKey)), 'key');
  assert.equal(service.asked.keys, 1);

  clocks.advance(10_000);
  await refusalOf(verifier.verify(unknownKey));

  assert.equal(service.asked.keys, 2);
});

test('A key that is published later is found', async () => {
  const { service, clocks, verifier } = setUp();
  const [key] = vectors.jwks.keys;
  service.keys = [];
  await verifier.feed.poll();
  assert.equal(await refusalOf(verifier.verify(passport)), 'key');
  service.keys = [key];

  clocks.advance(10_000);
  await verifier.feed.poll();

  assert.equal(await refusalOf(verifier.verify(passport)), 'accepted');
});

test('A forged passport is refused without a question, with an old feed too', async (t) => {
  const { service, clocks, verifier } = setUp();
  t.after(() => verifier.stop());
  await verifier.feed.poll();
  clocks.advance(5001);

  for (const name of ['signed by another key', 'another payload', 'alg none', 'HS256 with the public key as secret']) {
    assert.notEqual(await refusalOf(verifier.verify(vector(name))), 'accepted', name);
  }

  assert.equal(service.asked.ended, 0);
});

test('Nothing that is told holds a passport', async (t) => {
  const told = [];
  const tell = (thing) => told.push(inspect(thing, { depth: 9, showHidden: true }), JSON.stringify(thing));
  const { service, verifier } = setUp({ onWarning: (line) => told.push(line) });
  t.after(() => verifier.stop());
  const presented = [passport, unknownKey, vector('another payload'), vector('ended an hour ago')];
  for (const isDown of [false, true]) {
    service.page = undefined;
    service.isDown = isDown;
    for (const one of presented) {
      await verifier.verify(one).catch(tell);
    }
  }
  tell(verifier);

  assert.ok(told.length >= 2 * 8);
  const parts = presented.flatMap((one) => one.split('.').slice(1));
  assert.deepEqual(
    told.filter((text) => parts.some((part) => text.includes(part))),
    [],
  );
});

test('A key that cannot be looked up is not known rather than refused', async () => {
  const { service, verifier } = setUp();
  await verifier.feed.poll();
  service.isDown = true;

  assert.ok((await refusalOf(verifier.verify(passport))) instanceof SessionsUnavailableError);
  assert.ok((await refusalOf(verifier.verify(passport))) instanceof SessionsUnavailableError);
  assert.equal(service.asked.keys, 1);
});

test('A key of another kind is no key', async () => {
  const { service, verifier } = setUp();
  const [key] = vectors.jwks.keys;
  service.keys = [
    { ...key, crv: 'P-384' },
    { ...key, alg: 'ES384' },
    { ...key, kty: 'oct' },
  ];

  assert.equal(await refusalOf(verifier.verify(passport)), 'key');
});

test('A verifier without issuer or audience is refused', () => {
  assert.throws(() => setUp({ issuer: '' }), TypeError);
  assert.throws(() => setUp({ audience: '' }), TypeError);
  assert.throws(() => setUp({ maxFeedAgeMs: 999 }), TypeError);
});
