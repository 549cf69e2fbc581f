// An API that a test plays, and the clocks of a verifier.
import { readFile } from 'node:fs/promises';
import { SessionsUnavailableError } from '@session-functions/client';

export const vectors = JSON.parse(
  await readFile(new URL('../../../test-vectors/passports.json', import.meta.url), 'utf8'),
);

export const vector = (name) => {
  const found = vectors.passports.find((other) => other.name === name);
  if (found === undefined) {
    throw new Error(`No vector '${name}'.`);
  }
  return found.passport;
};

/** The clocks of a machine that a test moves. */
export class TestClocks {
  constructor(wall = vectors.now * 1000) {
    this.now = { monotonic: 1_000_000, wall };
  }

  monotonic = () => this.now.monotonic;
  wall = () => this.now.wall;

  advance(milliseconds) {
    this.now.monotonic += milliseconds;
    this.now.wall += milliseconds;
  }
}

/** What verifiers ask of the service. Anything may fail. */
export class FakeService {
  keys = vectors.jwks.keys;
  page = vectors.feed;
  isDown = false;
  ended = new Set();
  asked = { keys: 0, ended: 0, endings: [] };

  passports = {
    keys: async () => {
      this.asked.keys++;
      this.#failIfDown();
      return this.keys;
    },
    hasEnded: async (sid) => {
      this.asked.ended++;
      this.#failIfDown();
      return this.ended.has(sid);
    },
    endings: async (after, options) => {
      this.asked.endings.push({ after, waitSeconds: options.waitSeconds });
      const page = typeof this.page === 'function' ? await this.page(after) : this.page;
      if (page === undefined) {
        throw new SessionsUnavailableError('The feed is down.', 0);
      }
      return page;
    },
  };

  #failIfDown() {
    if (this.isDown) {
      throw new SessionsUnavailableError('The service is down.', 0);
    }
  }
}
