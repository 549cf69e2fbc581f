import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { useChromium } from '../../testing/hooks.mjs';
import { client, newUser } from '../../testing/service.mjs';
import { Site } from '../../testing/site.mjs';

const path = '/v1/session/passport';
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

async function open() {
  const tab = await context.newPage();
  await tab.goto(`${site.origin}/`);
  return tab;
}

async function signedIn() {
  context = await chromium.newContext();
  const tab = await open();
  await tab.evaluate((query) => fetch(query).then((answer) => answer.text()), `/sign-in?user=${newUser()}`);
  await start(tab);
  return tab;
}

const start = (tab) =>
  tab.evaluate(async () => {
    const { BrowserSession } = await import('/modules/index.js');
    globalThis.session = new BrowserSession();
    await session.start();
  });

async function another() {
  const tab = await open();
  await start(tab);
  return tab;
}

const passportOf = (tab) => tab.evaluate(() => session.passport('orders'));
const claimsOf = (passport) => JSON.parse(Buffer.from(passport.split('.')[1], 'base64url'));

/** Changes the session of a tab: within seconds the service gives the same passport again of one that has not changed. */
const change = async (tab) => client.data.merge(await tab.evaluate(() => session.session.sid), { changed: true });

/** The clock of a tab goes on by so many seconds. */
const advance = (tab, seconds) =>
  tab.evaluate((milliseconds) => {
    const now = Date.now;
    Date.now = () => now() + milliseconds;
  }, seconds * 1000);

test('A page obtains a passport of its session, and keeps it', async () => {
  const tab = await signedIn();

  const first = await passportOf(tab);

  assert.equal(claimsOf(first).aud, 'orders');
  assert.equal(claimsOf(first).sid, await tab.evaluate(() => session.session.sid));
  assert.equal(await passportOf(tab), first);
  assert.equal(site.count('POST', path), 1);
});

test('Tabs that want one at the same time send one request', async () => {
  const first = await signedIn();
  const tabs = [first, await another(), await another()];

  const passports = await Promise.all(tabs.map(passportOf));

  assert.equal(new Set(passports).size, 1);
  assert.equal(site.count('POST', path), 1);
});

test('Before it ends it is renewed, by one request for all tabs, and nobody waits', async () => {
  const first = await signedIn();
  const second = await another();
  const old = await passportOf(first);
  await second.waitForFunction(async (passport) => (await session.passport('orders')) === passport, old);
  assert.equal(site.count('POST', path), 1);
  await change(first);
  await Promise.all([advance(first, 95), advance(second, 95)]);

  assert.deepEqual(await Promise.all([passportOf(first), passportOf(second)]), [old, old]);
  await first.waitForFunction(async (passport) => (await session.passport('orders')) !== passport, old);
  await second.waitForFunction(async (passport) => (await session.passport('orders')) !== passport, old);

  assert.equal(await passportOf(first), await passportOf(second));
  assert.equal(site.count('POST', path), 2);
});

test('One that has ended, or will on its way, is not sent', async () => {
  const tab = await signedIn();
  const old = await passportOf(tab);
  await change(tab);
  await advance(tab, 116);

  assert.notEqual(await passportOf(tab), old);
});

test('After a sign-out there is none, in any tab', async () => {
  const first = await signedIn();
  const second = await another();
  await Promise.all([passportOf(first), passportOf(second)]);

  await first.evaluate(() => session.signOut());
  await second.waitForFunction(() => session.state === 'ended');

  for (const tab of [first, second]) {
    const refusal = await tab.evaluate(() => session.passport('orders').catch((error) => error.name));
    assert.equal(refusal, 'SessionEndedError');
  }
});

test('While the service cannot be reached, a passport that is good still is used, and another is an error', async () => {
  const tab = await signedIn();
  const old = await passportOf(tab);
  site.fault = () => ({ status: 503, headers: { 'Retry-After': '7' } });
  await advance(tab, 100);

  assert.equal(await passportOf(tab), old);
  await advance(tab, 20);
  const refusal = await tab.evaluate(() => session.passport('orders').catch((error) => [error.name, error.retryAfter]));

  assert.deepEqual(refusal, ['SessionUnreachableError', 7]);
});

test('No storage of the browser holds a passport', async () => {
  const tab = await signedIn();
  const passport = await passportOf(tab);

  const stored = await tab.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
  );

  assert.ok(!stored.includes(passport.split('.')[2]));
});
