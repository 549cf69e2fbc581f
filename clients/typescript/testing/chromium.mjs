// Starts the system's Chromium.
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import axe from 'axe-core';
import { chromium } from 'playwright-core';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const shots = resolve(import.meta.dirname, '../../../artifacts/screenshots');

/** A browser for the tests of a file. */
export async function startChromium() {
  if (!existsSync(executablePath)) {
    throw new Error(
      `There is no Chromium at ${executablePath}. Install it ('apt-get install chromium') or set CHROMIUM_PATH.`,
    );
  }
  // Chromium refuses its sandbox to root, as whom containers run.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath, args: [...args, '--disable-dev-shm-usage'] });
}

/** Accessibility violations of a page, one line each: id, help and place. */
export async function violationsOf(page) {
  // A page with a strict policy runs what the debugger evaluates, but no script element.
  await page.evaluate(axe.source);
  const { violations, passes } = await page.evaluate(() =>
    globalThis.axe.run(document, { resultTypes: ['violations', 'passes'] }),
  );
  if (passes.length === 0) {
    throw new Error('axe-core has checked nothing.');
  }
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help} ${node.target.join(' ')} ${node.failureSummary}`),
  );
}

/** Widest content and window of a page, in pixels: wider means that it scrolls sideways. */
export const widthsOf = (page) => page.evaluate(() => [document.documentElement.scrollWidth, globalThis.innerWidth]);

/** Keeps a picture of a page for people to look at. */
export async function shoot(page, name) {
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
}
