import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { SessionsClient } from '@session-functions/client';
import { shoot, violationsOf, widthsOf } from '../../../typescript/testing/chromium.mjs';
import { useApp, useChromium } from '../../../typescript/testing/hooks.mjs';
import { createApp } from '../app.mjs';

const client = new SessionsClient();
const alice = 'user-4b825dc6';
const chromium = useChromium();
const app = useApp(createApp);

afterEach(() => client.revokeAll(alice, { reason: 'test-over' }));

async function visitor(options = {}) {
  const context = await chromium.newContext(options);
  const page = await context.newPage();
  page.problems = [];
  page.on('console', (message) => message.type() === 'error' && page.problems.push(message.text()));
  page.on('pageerror', (error) => page.problems.push(String(error)));
  return page;
}

async function signIn(page, password = 'correct horse') {
  await page.goto(`${app.origin}/`);
  await page.getByLabel('Name').fill('alice');
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

test('A user signs in, is known on the next page, and signs out', async () => {
  const page = await visitor();
  await signIn(page);
  await page.getByRole('heading', { name: 'Hello, alice' }).waitFor();
  // express-session sends the text of a page before it has saved, and its end after.
  await page.waitForLoadState('load');
  await page.reload();
  await page.getByText('2 times').waitFor();

  await page.getByRole('button', { name: 'Sign out' }).click();

  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  assert.equal(await client.count(alice), 0);
  assert.equal(await page.getByRole('status').count(), 0);
  assert.deepEqual(page.problems, []);
});

test('A wrong password is told and signs nobody in', async () => {
  const page = await visitor();

  await signIn(page, 'wrong');

  await page.getByRole('alert').filter({ hasText: 'Name or password is wrong.' }).waitFor();
  assert.equal(await client.count(alice), 0);
  assert.deepEqual(await violationsOf(page), []);
});

test('The devices page signs out another device, which is told why', async () => {
  const [laptop, phone] = [
    await visitor(),
    await visitor({ userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0' }),
  ];
  await signIn(laptop);
  await signIn(phone);
  await laptop.getByRole('link', { name: 'Devices' }).click();

  await laptop.getByRole('button', { name: 'Sign out Firefox on Linux' }).click();
  await laptop.getByRole('status').filter({ hasText: 'Firefox on Linux was signed out.' }).waitFor();

  await phone.goto(`${app.origin}/`);
  await phone.getByRole('status').filter({ hasText: 'This device was signed out from another one.' }).waitFor();
  await shoot(phone, 'express-why');
  await laptop.goto(`${app.origin}/`);
  await laptop.getByRole('heading', { name: 'Hello, alice' }).waitFor();
  assert.deepEqual([...laptop.problems, ...phone.problems], []);
});

test('Signing out everywhere ends every session', async () => {
  const [laptop, phone] = [await visitor(), await visitor()];
  await signIn(laptop);
  await signIn(phone);
  await laptop.goto(`${app.origin}/devices`);

  await laptop.getByRole('button', { name: 'Sign out everywhere, here too' }).click();

  await laptop.getByText('You signed out on all devices.').waitFor();
  await phone.goto(`${app.origin}/`);
  await phone.getByText('You signed out on all devices.').waitFor();
  assert.equal(await client.count(alice), 0);
});

test('Everything works with the keyboard alone', async () => {
  const page = await visitor();
  await page.goto(`${app.origin}/`);
  const tab = async (name) => {
    for (let i = 0; i < 20; i++) {
      await page.keyboard.press('Tab');
      const focused = await page.evaluate(() => {
        const deepest = (root) =>
          root.activeElement?.shadowRoot?.activeElement ? deepest(root.activeElement.shadowRoot) : root.activeElement;
        const element = deepest(document);
        return element?.labels?.[0]?.textContent ?? element?.textContent ?? '';
      });
      if (focused.trim() === name) {
        return;
      }
    }
    assert.fail(`'${name}' is not reached by Tab.`);
  };
  await tab('Name');
  await page.keyboard.type('alice');
  await tab('Password');
  await page.keyboard.type('correct horse');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Hello, alice' }).waitFor();
  await tab('Devices');
  await page.keyboard.press('Enter');
  await page.locator('session-devices li').first().waitFor();
  await tab('Sign out everywhere, here too');
  await page.keyboard.press('Enter');

  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
});

for (const colorScheme of ['light', 'dark']) {
  for (const width of [320, 1000]) {
    test(`No page is inaccessible or cut off: ${colorScheme}, ${width} pixels`, async () => {
      const page = await visitor({ colorScheme, viewport: { width, height: 800 } });
      await page.goto(`${app.origin}/sign-in`);
      await fits(page, `express-sign-in-${colorScheme}-${width}`);
      await signIn(page);
      await page.getByRole('heading', { name: 'Hello, alice' }).waitFor();
      await fits(page, `express-account-${colorScheme}-${width}`);
      await signIn(await visitor());
      await page.goto(`${app.origin}/devices`);
      await page.locator('session-devices li').first().waitFor();
      await fits(page, `express-devices-${colorScheme}-${width}`);
    });
  }
}

async function fits(page, name) {
  assert.deepEqual(await violationsOf(page), []);
  const [content, window] = await widthsOf(page);
  assert.ok(content <= window, `${content} > ${window}`);
  await shoot(page, name);
}
