import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { SessionsClient } from '@session-functions/client';
import { shoot, violationsOf, widthsOf } from '../../../typescript/testing/chromium.mjs';
import { useApp, useChromium } from '../../../typescript/testing/hooks.mjs';
import { createApp } from '../app.mjs';

const client = new SessionsClient();
const chromium = useChromium();
const app = useApp(createApp);

async function tabOf(context) {
  const page = await context.newPage();
  page.problems = [];
  page.on('pageerror', (error) => page.problems.push(String(error)));
  await page.goto(app.origin);
  return page;
}

async function signIn(page, name) {
  await page.getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText(`Signed in as ${name}.`).waitFor();
}

test('Two tabs share a session: signing in and out in one reaches the other', async () => {
  const context = await chromium.newContext();
  const [one, other] = [await tabOf(context), await tabOf(context)];
  const name = randomUUID();
  await signIn(one, name);
  await other.getByText(`Signed in as ${name}.`).waitFor();
  await other.getByText(/Without activity this session ends in \d+:\d\d\./).waitFor();

  await other.getByRole('button', { name: 'Sign out', exact: true }).click();

  await one.getByText('You are signed out. You signed out.').waitFor();
  assert.equal(await client.count(`user-of-${name}`), 0);
  assert.deepEqual([...one.problems, ...other.problems], []);
});

test('The list ends another device, and that one says so', async () => {
  const [laptop, phone] = [
    await tabOf(await chromium.newContext()),
    await tabOf(
      await chromium.newContext({
        userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
      }),
    ),
  ];
  const name = randomUUID();
  await signIn(laptop, name);
  await signIn(phone, name);
  await laptop.reload();

  await laptop.getByRole('button', { name: 'Sign out Firefox on Linux' }).click();
  await laptop.getByRole('status').filter({ hasText: 'Firefox on Linux was signed out.' }).waitFor();

  // Without a click: the page waits for what happens to its session.
  await phone
    .getByText(/You are signed out\./)
    .first()
    .waitFor();
});

test('Staying signed in starts the countdown again', async (t) => {
  process.env.IDLE_SECONDS = '20';
  t.after(() => delete process.env.IDLE_SECONDS);
  const page = await tabOf(await chromium.newContext());
  await signIn(page, randomUUID());
  await page.getByText('Your session is about to end.').waitFor();
  await page.getByText(/ends in 0:0[5-9]\./).waitFor();

  await page.getByRole('button', { name: 'Stay signed in' }).click();

  await page.getByText(/ends in 0:(20|1[1-9])\./).waitFor();
});

test('An offline tab keeps its session and says so', async () => {
  const context = await chromium.newContext();
  const page = await tabOf(context);
  const name = randomUUID();
  await signIn(page, name);
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.getByText('You are still signed in').waitFor();

  await context.setOffline(false);

  await page.getByText(`Signed in as ${name}.`).waitFor();
});

test('Everything works with the keyboard alone', async () => {
  const page = await tabOf(await chromium.newContext());
  await page.getByText('Please sign in.').waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.type(randomUUID());
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Stay signed in' }).waitFor();
  for (let i = 0; i < 10 && (await page.evaluate(() => document.activeElement.id)) !== 'sign-out'; i++) {
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');

  await page.getByText('You are signed out. You signed out.').waitFor();
});

for (const colorScheme of ['light', 'dark']) {
  for (const width of [320, 1000]) {
    test(`Nothing is inaccessible or cut off: ${colorScheme}, ${width} pixels`, async () => {
      const page = await tabOf(await chromium.newContext({ colorScheme, viewport: { width, height: 800 } }));
      await page.getByText('Please sign in.').waitFor();
      await fits(page, `browser-sign-in-${colorScheme}-${width}`);
      const name = `alice ${randomUUID().slice(0, 8)}`;
      await signIn(page, name);
      await client.create({
        userId: `user-of-${name}`,
        device: { label: 'Firefox on Linux' },
        actor: { sub: 'support-7', reason: 'Ticket 4711' },
      });
      await page.reload();
      await page.locator('session-devices li').nth(1).waitFor();
      await fits(page, `browser-live-${colorScheme}-${width}`);
    });
  }
}

async function fits(page, name) {
  assert.deepEqual(await violationsOf(page), []);
  const [content, window] = await widthsOf(page);
  assert.ok(content <= window, `${content} > ${window}`);
  await shoot(page, name);
}
