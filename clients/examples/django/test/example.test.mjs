// Drives the example in Chromium: keyboard, screen reader's tree, narrow windows, two devices, a service that is down.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { shoot, startChromium, violationsOf, widthsOf } from '../../../typescript/testing/chromium.mjs';
import { Site } from './site.mjs';

const phone = { width: 320, height: 640 };
const agents = {
  laptop: 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
  phone: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
};

let site;
let browser;
let user;
const contexts = [];

before(async () => {
  [site, browser] = await Promise.all([Site.start(), startChromium()]);
});

after(async () => {
  await browser?.close();
  await site?.stop();
});

beforeEach(async () => {
  await Promise.all(contexts.splice(0).map((context) => context.close()));
  user = `user-${crypto.randomUUID()}`;
  site.addUser(user);
});

async function open(options = {}, at = site) {
  const context = await browser.newContext({ baseURL: at.url, userAgent: agents.laptop, ...options });
  contexts.push(context);
  return context.newPage();
}

async function signIn(page, name = user) {
  await page.goto('/sign-in/');
  await page.getByLabel('User name').fill(name);
  await page.getByLabel('Password').fill('password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: `Welcome, ${name}` }).waitFor();
}

async function assertUsable(page, name) {
  assert.deepEqual(await violationsOf(page), [], name);
  const [content, window] = await widthsOf(page);
  assert.ok(content <= window, `${name} scrolls sideways: ${content} of ${window} pixels`);
  await shoot(page, `django-${name}`);
}

test('the session counts visits and outlives a reload', async () => {
  const page = await open();
  await signIn(page);
  await page.reload();
  assert.equal(await page.locator('#visits').textContent(), '2');
});

test('a wrong password signs nobody in', async () => {
  const page = await open();
  await page.goto('/sign-in/');
  await page.getByLabel('User name').fill(user);
  await page.getByLabel('Password').fill('wrong');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').waitFor();
  await page.goto('/devices/');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
});

test('the devices page names both devices, and signs one out', async () => {
  const [laptop, handset] = [await open(), await open({ userAgent: agents.phone })];
  await signIn(laptop);
  await signIn(handset);
  await laptop.getByRole('link', { name: 'Devices', exact: true }).click();
  const listed = laptop.getByRole('listitem');
  assert.equal(await listed.count(), 2);
  assert.match(await listed.first().textContent(), /Safari on iPhone/);
  assert.match(await listed.last().textContent(), /Firefox on Linux\s+This device/);
  await laptop.getByRole('button', { name: 'Sign out this device' }).click();
  await laptop.getByText('The device was signed out.').waitFor();
  assert.equal(await laptop.getByRole('listitem').count(), 1);

  await handset.goto('/');
  await handset.getByText('You were signed out from another device.').waitFor();
  await handset.reload();
  assert.equal(await handset.getByText('You were signed out').count(), 0);
});

test('sign out everywhere ends every device', async () => {
  const [laptop, handset] = [await open(), await open({ userAgent: agents.phone })];
  await signIn(laptop);
  await signIn(handset);
  await laptop.goto('/devices/');
  await laptop.getByRole('button', { name: 'Sign out everywhere' }).click();
  await laptop.getByRole('heading', { name: 'Sign in' }).waitFor();
  await handset.goto('/devices/');
  await handset.getByText('You were signed out on all devices.').waitFor();
});

test('signing out ends the session, and the copied cookie with it', async () => {
  const page = await open();
  await signIn(page);
  const cookies = await page.context().cookies();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.context().addCookies(cookies);
  await page.goto('/devices/');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
});

test('two tabs that save at the same time both count', async () => {
  const page = await open();
  await signIn(page);
  const tab = await page.context().newPage();
  await Promise.all([page.goto('/devices/'), tab.goto('/devices/')]);
  await page.goto('/');
  assert.equal(await page.locator('#visits').textContent(), '2');
});

for (const colorScheme of ['light', 'dark']) {
  test(`every page is accessible and fits 320 pixels, ${colorScheme}`, async () => {
    const [page, other] = [await open({ viewport: phone, colorScheme }), await open({ userAgent: agents.phone })];
    await page.goto('/sign-in/');
    await assertUsable(page, `sign-in-${colorScheme}`);
    await signIn(other);
    await signIn(page);
    await assertUsable(page, `home-${colorScheme}`);
    await page.goto('/devices/');
    await assertUsable(page, `devices-${colorScheme}`);
    await other.goto('/devices/');
    await other.getByRole('button', { name: 'Sign out everywhere' }).click();
    await other.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.goto('/devices/');
    await page.getByText('You were signed out on all devices.').waitFor();
    await assertUsable(page, `signed-out-${colorScheme}`);
  });
}

test('the keyboard alone signs in and reaches the devices', async () => {
  const page = await open();
  await page.goto('/sign-in/');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Skip to content');
  await page.keyboard.press('Tab');
  await page.keyboard.type(user);
  await page.keyboard.press('Tab');
  await page.keyboard.type('password');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: `Welcome, ${user}` }).waitFor();
  for (let i = 0; i < 3; i++) {
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Devices', exact: true }).waitFor();
});

test('while the service is down the page says so with 503, and the user stays signed in', async () => {
  const page = await open();
  await signIn(page);
  const cookies = (await page.context().cookies()).map(({ name, value }) => ({ name, value }));
  const cut = await Site.start({ SESSIONS_URL: 'http://127.0.0.1:1/api' });
  try {
    const without = await open({ viewport: phone }, cut);
    await without.context().addCookies(cookies.map((cookie) => ({ ...cookie, url: cut.url })));
    const answer = await without.goto('/devices/');
    assert.equal(answer.status(), 503);
    assert.equal(answer.headers()['retry-after'], '1');
    await without.getByRole('heading', { name: 'Back in a moment' }).waitFor();
    await assertUsable(without, 'down');
    const kept = await without.context().cookies();
    assert.ok(kept.some(({ name }) => name === 'sessionid'));
  } finally {
    await cut.stop();
  }
  await page.goto('/devices/');
  await page.getByRole('heading', { name: 'Devices', exact: true }).waitFor();
});
