import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { shoot, violationsOf, widthsOf } from '../../testing/chromium.mjs';
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
});

async function devicesPage(options = {}, prepare = async () => {}) {
  context = await chromium.newContext(options);
  const page = await context.newPage();
  const problems = [];
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(String(error)));
  await page.goto(`${site.origin}/`);
  const user = newUser();
  await page.evaluate((path) => fetch(path), `/sign-in?user=${user}`);
  await prepare(user);
  await page.goto(`${site.origin}/devices`);
  await page.locator('session-devices li').first().waitFor();
  return { page, user, problems };
}

const threeDevices = async (userId) => {
  await client.create({ userId, device: { label: 'Firefox on Linux', ipAddress: '203.0.113.7' }, persistent: true });
  await client.create({
    userId,
    device: {
      userAgent:
        'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
    },
  });
  await client.create({ userId, actor: { sub: 'support-7', reason: 'Ticket 4711: order is not shown' } });
};

test('The list shows every device, this one first, and who acts for the user', async () => {
  const { page, problems } = await devicesPage({}, threeDevices);
  const items = page.locator('session-devices li');

  assert.equal(await items.count(), 4);
  assert.match(await items.first().innerText(), /This device/);
  const all = await page.locator('session-devices section').innerText();
  for (const text of [
    /Firefox on Linux/,
    /Safari on iPhone/,
    /Unknown device/,
    /203\.0\.113\.7/,
    /Stays signed in/,
    /Last active now/,
  ]) {
    assert.match(all, text);
  }
  assert.match(all, /support-7 is using your account here\. Reason: Ticket 4711: order is not shown/);
  // The policy of the page forbids inline styles and scripts.
  assert.deepEqual(problems, []);
  assert.notEqual(
    await page
      .locator('session-devices li')
      .first()
      .evaluate((item) => getComputedStyle(item).borderRadius),
    '0px',
  );
});

test('One device is signed out, by name', async () => {
  const { page, user } = await devicesPage({}, threeDevices);

  await page.getByRole('button', { name: 'Sign out Firefox on Linux' }).click();

  await page.getByRole('status').filter({ hasText: 'Firefox on Linux was signed out.' }).waitFor();
  assert.equal(await page.locator('session-devices li').count(), 3);
  assert.equal(await client.count(user), 3);
});

test('All other devices are signed out with the keyboard alone', async () => {
  const { page, user } = await devicesPage({}, threeDevices);
  const button = page.getByRole('button', { name: 'Sign out all other devices' }).first();
  for (let i = 0; i < 20 && !(await button.evaluate((it) => it.getRootNode().activeElement === it)); i++) {
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await page.getByRole('dialog').isVisible(), false);
  assert.equal(await client.count(user), 4);

  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  assert.deepEqual(await violationsOf(page), []);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');

  await page.getByRole('status').filter({ hasText: '3 devices were signed out.' }).waitFor();
  assert.equal(await client.count(user), 1);
  assert.equal(
    await page.evaluate(() => document.querySelector('session-devices').shadowRoot.activeElement?.id),
    'heading',
  );
  assert.equal(await button.count(), 0);
});

test('A list that cannot be read says so, and is read again on demand', async () => {
  const { page } = await devicesPage();
  site.fault = () => ({ status: 503, headers: { 'Retry-After': '1' } });
  await page.reload();
  await page.getByRole('alert').waitFor();
  assert.deepEqual(await violationsOf(page), []);
  site.fault = () => undefined;

  await page.getByRole('button', { name: 'Try again' }).click();

  await page.locator('session-devices li').first().waitFor();
});

test('A user who was signed out elsewhere is told so', async () => {
  const { page, user } = await devicesPage({}, threeDevices);
  await client.revokeAll(user);

  await page.getByRole('button', { name: 'Sign out Firefox on Linux' }).click();

  await page.getByText('You are signed out.').waitFor();
});

test('The texts follow the language of the page, and the app may replace them', async () => {
  const { page } = await devicesPage({}, threeDevices);

  await page.evaluate(() => document.querySelector('session-devices').setAttribute('lang', 'de'));
  await page.getByRole('heading', { name: 'Ihre Geräte' }).waitFor();
  await page.evaluate(() => {
    document.querySelector('session-devices').texts = { heading: 'Wo Sie angemeldet sind' };
  });

  await page.getByRole('heading', { name: 'Wo Sie angemeldet sind' }).waitFor();
  await page.getByRole('button', { name: 'Abmelden Firefox on Linux' }).waitFor();
});

test('What a device tells of itself is shown as text', async () => {
  const label = '<img src=x onerror=alert(1)>';
  const { page, problems } = await devicesPage({}, (userId) => client.create({ userId, device: { label } }));

  assert.match(await page.locator('session-devices section').innerText(), /<img src=x/);
  assert.equal(await page.locator('session-devices img').count(), 0);
  assert.deepEqual(problems, []);
});

for (const colorScheme of ['light', 'dark']) {
  for (const width of [320, 1000]) {
    test(`Nothing is inaccessible or cut off: ${colorScheme}, ${width} pixels`, async () => {
      const { page } = await devicesPage({ colorScheme, viewport: { width, height: 800 } }, threeDevices);

      assert.deepEqual(await violationsOf(page), []);
      const [content, window] = await widthsOf(page);
      assert.ok(content <= window, `${content} > ${window}`);
      await shoot(page, `devices-${colorScheme}-${width}`);
    });
  }
}
