import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { test } from 'node:test';
import { SessionsUnavailableError, sidHash } from '@session-functions/client';
import { requirePassport, requireSession, sessions } from '@session-functions/express';
import express from 'express';
import { serve, Visitor } from '../../testing/app.mjs';
import { gate } from '../../testing/gate.mjs';

const token = `sst_${'A'.repeat(43)}`;
const sid = `ses_${'B'.repeat(43)}`;

/** The service as far as validation goes. Anything may fail. */
class FakeService {
  isDown = false;
  isFeedDown = false;
  live = new Map([[token, sid]]);
  endings = [];
  heldSince = new Date(0).toISOString();
  introspections = [];
  hold = Promise.resolve();
  #polled = new EventEmitter();

  async introspect(presented, options) {
    this.introspections.push(options);
    const found = this.live.get(presented);
    await this.hold;
    this.#failIf(this.isDown);
    const session = {
      sid: found,
      userId: 'alice',
      createdAt: new Date(Date.now() - 60_000).toISOString(),
      idleExpiresInSeconds: 1800,
      expiresInSeconds: 3600,
    };
    const expiresAt = new Date(Date.now() + 120_000).toISOString();
    const passport = { token: 'ey.a.b', audience: options.passport?.audience, expiresAt, expiresInSeconds: 120 };
    return found === undefined ? { active: false } : { active: true, session, passport };
  }

  async rotate(rotated) {
    this.#failIf(this.isDown);
    await this.revoke(rotated);
    const issued = `sst_${'C'.repeat(43)}`;
    this.live.set(issued, rotated);
    return { token: issued, session: { sid: rotated, userId: 'alice', expiresInSeconds: 3600 } };
  }

  async revoke(ended) {
    this.#failIf(this.isDown);
    for (const [key, value] of this.live) {
      if (value === ended) {
        this.live.delete(key);
      }
    }
    return {};
  }

  passports = {
    endings: async () => {
      this.#polled.emit('poll');
      this.#failIf(this.isFeedDown);
      return {
        cursor: 'c',
        more: false,
        completeAsOf: new Date().toISOString(),
        heldMilliseconds: 0,
        ageMilliseconds: 0,
        lifetimeSeconds: 120,
        keepSeconds: 277,
        heldSince: this.heldSince,
        endings: this.endings,
      };
    },
  };

  /** Resolves when the feed has taken what it is told now: it asks again only after the answer to the next poll. */
  async read() {
    for (let polls = 0; polls < 2; polls++) {
      await once(this.#polled, 'poll', { signal: AbortSignal.timeout(30_000) });
    }
  }

  #failIf(isDown) {
    if (isDown) {
      throw new SessionsUnavailableError('down', 0);
    }
  }
}

async function setUp(t, passports = {}) {
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() });
  t.mock.method(console, 'warn', () => {});
  const service = new FakeService();
  const app = express();
  app.use(sessions({ client: service, passports: { audience: 'orders', maxFeedAgeMs: 1000, ...passports } }));
  app.post('/sign-out', (_, response, next) => response.signOut().then(() => response.end(), next));
  app.post('/step-up', (_, response, next) => response.stepUp({}).then(() => response.end(), next));
  app.use(requireSession());
  app.get('/', (request, response) =>
    response.json({ left: request.userSession.expiresInSeconds, passport: request.userPassport }),
  );
  const visitor = new Visitor(await serve(t, app));
  visitor.cookies.set('__Host-session', token);
  return { service, visitor, status: async () => (await visitor.get('/')).status };
}

/** The wall clock goes on, and the feed has been read again. */
async function advance(t, service, milliseconds) {
  t.mock.timers.tick(milliseconds);
  await service.read();
}

/** A session whose renewal has begun, and is answered when `renew` is called. */
async function renewing(t) {
  const app = await setUp(t);
  const { open: renew, opened } = gate();
  await app.status();
  await advance(t, app.service, 61_000);
  app.service.hold = opened;
  await app.status();
  app.service.hold = Promise.resolve();
  return { ...app, renew };
}

/** Asks until the renewal, which no request waits for, has come to its end. */
async function renewed(visitor) {
  const deadline = performance.now() + 30_000;
  while (JSON.parse((await visitor.get('/')).text).left !== 3600) {
    assert.ok(performance.now() < deadline, 'The session was not renewed.');
  }
}

test('A session is asked for once, its time left runs on, and its passport is there for other back ends', async (t) => {
  const { service, visitor } = await setUp(t);

  assert.deepEqual(JSON.parse((await visitor.get('/')).text), { left: 3600, passport: 'ey.a.b' });
  await advance(t, service, 10_000);
  assert.deepEqual(JSON.parse((await visitor.get('/')).text), { left: 3590, passport: 'ey.a.b' });

  assert.equal(service.introspections.length, 1);
  assert.deepEqual(service.introspections[0].passport, { audience: 'orders' });
});

test('An end holds as soon as the feed tells it', async (t) => {
  const { service, status } = await setUp(t);
  assert.equal(await status(), 200);
  service.live.clear();
  assert.equal(await status(), 200);

  service.endings = [{ hash: await sidHash(sid), endedAt: new Date().toISOString() }];
  await service.read();

  assert.equal(await status(), 401);
});

test('An end that the service does not confirm yet holds too', async (t) => {
  const { service, status } = await setUp(t);
  service.endings = [{ hash: await sidHash(sid), endedAt: new Date().toISOString() }];
  await service.read();

  assert.equal(await status(), 401);

  assert.equal(service.live.size, 1);
});

test('With an old feed every request asks, and with the service down too the answer is 503', async (t) => {
  const { service, status } = await setUp(t);
  await status();
  service.isFeedDown = true;
  t.mock.timers.tick(2000);

  assert.equal(await status(), 200);
  assert.equal(await status(), 200);
  assert.equal(service.introspections.length, 3);
  service.isDown = true;

  assert.equal(await status(), 503);
});

test('An option accepts until the passport ends, and not longer', async (t) => {
  const { service, status } = await setUp(t, { acceptUntilExpiryWhenUnavailable: true });
  await status();
  service.isFeedDown = true;
  service.isDown = true;
  t.mock.timers.tick(119_000);
  assert.equal(await status(), 200);

  t.mock.timers.tick(1000);

  assert.equal(await status(), 503);
});

test('Activity after half of the life renews once, without making anybody wait', async (t) => {
  const { service, visitor, status } = await setUp(t);
  await status();
  await advance(t, service, 61_000);
  const { open: renew, opened } = gate();
  service.hold = opened;

  assert.deepEqual([await status(), await status()], [200, 200]);
  assert.equal(service.introspections.length, 2);
  assert.equal(service.introspections[1].touch, true);
  renew();

  await renewed(visitor);
  assert.equal(service.introspections.length, 2);
});

test('A sign-out holds at once where it was made, also against a renewal under way', async (t) => {
  const { renew, visitor, status } = await renewing(t);

  assert.equal((await visitor.post('/sign-out')).status, 200);
  renew();
  visitor.cookies.set('__Host-session', token);

  assert.deepEqual([await status(), await status()], [401, 401]);
});

test('A token that was replaced here is refused at once, also against a renewal under way', async (t) => {
  const { renew, visitor, status } = await renewing(t);

  assert.equal((await visitor.post('/step-up')).status, 200);
  renew();

  assert.equal(await status(), 200);
  visitor.cookies.set('__Host-session', token);
  assert.deepEqual([await status(), await status()], [401, 401]);
});

test('What was validated before the log began is asked for again', async (t) => {
  const { service, status } = await setUp(t);
  await status();
  service.heldSince = new Date(Date.now() + 1).toISOString();
  await service.read();

  await status();

  assert.equal(service.introspections.length, 2);
});

test('requirePassport lets a valid passport pass, refuses others by 401, and answers 503 when it cannot know', async (t) => {
  const refused = Object.assign(new Error('refused'), { name: 'PassportRefusedError' });
  const verdicts = { good: () => ({ sub: 'alice' }) };
  verdicts.bad = () => Promise.reject(refused);
  verdicts.unknown = () => Promise.reject(new SessionsUnavailableError('down', 0));
  verdicts.broken = () => Promise.reject(new TypeError('a bug'));
  const app = express();
  app.use(requirePassport({ verify: async (passport) => verdicts[passport]() }));
  app.get('/', (request, response) => response.json(request.passport));
  app.use((_error, _request, response, _next) => response.status(500).end());
  const visitor = new Visitor(await serve(t, app));
  const get = (passport) => visitor.get('/', passport && { headers: { authorization: `Bearer ${passport}` } });

  const [good, none, bad, unknown, broken] = await Promise.all([
    get('good'),
    get(),
    get('bad'),
    get('unknown'),
    get('broken'),
  ]);

  assert.deepEqual([good.status, good.text], [200, '{"sub":"alice"}']);
  assert.deepEqual([none.status, none.headers.get('www-authenticate')], [401, 'Bearer']);
  assert.deepEqual([bad.status, bad.headers.get('www-authenticate')], [401, 'Bearer error="invalid_token"']);
  assert.ok(unknown.status === 503 && unknown.headers.get('retry-after') !== null);
  assert.equal(broken.status, 500);
});
