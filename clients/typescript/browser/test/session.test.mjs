import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { gate } from '../../testing/gate.mjs';
import { useChromium } from '../../testing/hooks.mjs';
import { client, newUser } from '../../testing/service.mjs';
import { Site } from '../../testing/site.mjs';

const chromium = useChromium();
let site;
let context;

before(async () => {
  site = await Site.start();
});
after(() => site.stop());
afterEach(() => {
  site.fault = () => undefined;
  site.calls = [];
});

async function signedIn({ idle = 1800, clockOffset = 0 } = {}) {
  context = await chromium.newContext();
  if (clockOffset !== 0) {
    await context.addInitScript((offset) => {
      const now = Date.now;
      Date.now = () => now() + offset;
    }, clockOffset);
  }
  const user = newUser();
  const tab = await context.newPage();
  await tab.goto(`${site.origin}/`);
  await signIn(tab, user, idle);
  await start(tab);
  return { user, tab };
}

const signIn = (tab, user, idle = 1800) =>
  tab.evaluate((path) => fetch(path).then((answer) => answer.text()), `/sign-in?user=${user}&idle=${idle}`);

const start = (tab) =>
  tab.evaluate(async () => {
    const { BrowserSession } = await import('/modules/index.js');
    globalThis.session = new BrowserSession();
    globalThis.seen = [];
    session.addEventListener('change', (event) => seen.push(event.state));
    await session.start();
  });

async function another() {
  const tab = await context.newPage();
  await tab.goto(`${site.origin}/`);
  await start(tab);
  return tab;
}

const inAll = (tabs, act) => Promise.all(tabs.map((tab) => tab.evaluate(act)));
const stateOf = (tab) => tab.evaluate(() => session.state);
const becomes = (tab, state) => tab.waitForFunction((wanted) => session.state === wanted, state);

test('The page knows its session and what is left of it', async () => {
  const { tab, user } = await signedIn();

  const known = await tab.evaluate(() => ({
    state: session.state,
    userId: session.session.userId,
    left: session.left,
  }));

  assert.equal(known.state, 'live');
  assert.equal(known.userId, user);
  assert.ok(known.left.idleSeconds > 1700 && known.left.idleSeconds <= 1800);
});

test('A wrong clock of the device changes nothing about what is left', async () => {
  for (const clockOffset of [-86_400_000, 86_400_000]) {
    const { tab } = await signedIn({ clockOffset });

    const left = await tab.evaluate(() => session.left);

    assert.ok(left.idleSeconds > 1700 && left.idleSeconds <= 1800, String(left.idleSeconds));
    await context.close();
  }
});

test('Without a session the page is told so', async () => {
  context = await chromium.newContext();
  const tab = await context.newPage();
  await tab.goto(`${site.origin}/`);

  await start(tab);

  assert.equal(await stateOf(tab), 'ended');
  assert.equal(await tab.evaluate(() => session.end), null);
});

test('Tabs that renew at the same time send one request, and all have its answer', async () => {
  const { tab } = await signedIn();
  const others = [await another(), await another()];
  site.calls = [];
  const all = [tab, ...others];
  const { open: answer, opened: allAsk } = gate();
  site.fault = ({ method }) => (method === 'POST' ? allAsk : undefined);

  await inAll(all, () => {
    globalThis.renewal = session.renew();
  });
  answer();
  await inAll(all, () => renewal);

  assert.equal(site.count('POST', '/v1/session/touch'), 1);
  for (const it of all) {
    assert.equal(await stateOf(it), 'live');
  }
});

test('Renewing again later sends another request', async () => {
  const { tab } = await signedIn();
  await tab.evaluate(() => session.renew());
  await tab.evaluate(
    (now) =>
      new Promise((resolve) => {
        const look = () => (Date.now() > now ? resolve() : setTimeout(look));
        look();
      }),
    await tab.evaluate(() => Date.now()),
  );

  await tab.evaluate(() => session.renew());

  assert.equal(site.count('POST', '/v1/session/touch'), 2);
});

test('Signing out in one tab signs out all, and ends the session', async () => {
  const { tab, user } = await signedIn();
  const other = await another();

  await tab.evaluate(() => session.signOut());

  await becomes(other, 'ended');
  assert.equal(await stateOf(tab), 'ended');
  assert.equal(await client.count(user), 0);
  assert.deepEqual(
    (await context.cookies()).filter(({ name }) => name === '__Host-session'),
    [],
  );
});

test('Signing out everywhere ends the sessions of other devices', async () => {
  const { tab, user } = await signedIn();
  const phone = await client.create({ userId: user });

  await tab.evaluate(() => session.signOut({ everywhere: true }));

  assert.equal((await client.introspect(phone.token)).active, false);
});

test('A sign-out that does not reach the service is no sign-out', async () => {
  const { tab, user } = await signedIn();
  site.fault = () => 'reset';

  const failed = await tab.evaluate(() =>
    session.signOut().then(
      () => 'out',
      (error) => error.name,
    ),
  );

  assert.equal(failed, 'SessionUnreachableError');
  assert.equal(await stateOf(tab), 'live');
  assert.equal(await client.count(user), 1);
});

test('A session that is ended elsewhere is noticed with its reason', async () => {
  const { tab, user } = await signedIn();
  await client.revokeAll(user, { reason: 'password-changed' });

  await tab.evaluate(() => session.check());

  assert.equal(await stateOf(tab), 'ended');
  assert.equal(await tab.evaluate(() => session.end.reason), 'password-changed');
});

test('A sign-out elsewhere shows in every tab at once, and one request waits for all', async () => {
  const { user, tab } = await signedIn();
  const second = await another();
  await site.until(() => site.count('GET', '/v1/session/changes') === 1);
  const asked = performance.now();
  await client.revokeAll(user, { reason: 'password-changed' });
  await becomes(tab, 'ended');
  await becomes(second, 'ended');
  assert.ok(performance.now() - asked < 10_000);
  assert.equal(await second.evaluate(() => session.end.reason), 'password-changed');
  assert.equal(site.count('GET', '/v1/session/changes'), 1);
});

test('When the tab that waits is closed another one waits', async () => {
  const { user, tab } = await signedIn();
  const second = await another();
  await site.until(() => site.count('GET', '/v1/session/changes') === 1);
  await tab.close();
  await site.until(() => site.count('GET', '/v1/session/changes') === 2);
  await client.revokeAll(user);
  await becomes(second, 'ended');
});

test('A service without waiting requests is left alone', async () => {
  site.fault = (request) =>
    request.url.includes('/session/changes') ? { status: 404, headers: {}, body: '' } : undefined;
  const { tab } = await signedIn();
  await tab.evaluate(() => session.check());
  assert.equal(await stateOf(tab), 'live');
  assert.equal(site.count('GET', '/v1/session/changes'), 1);
});

test('An offline tab keeps its session, and asks when it is online again', async () => {
  const { tab, user } = await signedIn();
  await context.setOffline(true);

  // What was asked before may still be answered.
  await tab.waitForFunction(async () => {
    await session.check();
    return session.state === 'offline';
  });
  assert.equal(await tab.evaluate(() => session.session.userId), user);

  await context.setOffline(false);

  await becomes(tab, 'live');
});

test('503 and 429 say nothing about the session', async () => {
  const { tab } = await signedIn();
  for (const status of [503, 429, 500]) {
    site.fault = () => ({ status, headers: { 'Retry-After': '30' } });
    await tab.evaluate(() => session.check());
    assert.equal(await stateOf(tab), 'offline', String(status));
    site.fault = () => undefined;
    await tab.evaluate(() => session.check());
    assert.equal(await stateOf(tab), 'live');
  }
});

test('At zero the page asks the service, and only its answer ends the session', async () => {
  const { tab } = await signedIn({ idle: 2 });

  await becomes(tab, 'ended');

  assert.equal(await tab.evaluate(() => session.end.reason), 'idle-timeout');
});

test('Activity of the user renews the session when half of its time is over', async () => {
  const { tab } = await signedIn({ idle: 14 });
  await tab.keyboard.press('Shift');
  assert.equal(site.count('POST', '/v1/session/touch'), 0);
  await tab.waitForFunction(() => session.left.idleSeconds < 7);

  await tab.keyboard.press('Shift');

  await tab.waitForFunction(() => session.left.idleSeconds > 7);
  assert.equal(site.count('POST', '/v1/session/touch'), 1);
});

test('A sign-in in one tab reaches the others', async () => {
  const { tab } = await signedIn();
  const other = await another();
  const next = newUser();
  await signIn(tab, next);

  await tab.evaluate(() => session.changed());

  await other.waitForFunction((user) => session.session?.userId === user, next);
  await tab.evaluate(() => session.renew());
  assert.equal(await stateOf(tab), 'live');
});

test('A request forged by another page is refused by the service', async () => {
  const { tab } = await signedIn();

  const status = await tab.evaluate(() =>
    fetch('/api/v1/session/touch', { method: 'POST' }).then((answer) => answer.status),
  );

  assert.equal(status, 403);
});
