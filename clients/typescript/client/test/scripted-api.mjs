// An API that answers when the test says so. The sid of every session is its token.
import { setImmediate } from 'node:timers/promises';
import { SessionsClient } from '@session-functions/client';

export const down = problemOf('store-unavailable', 503);

export function problemOf(type, status) {
  return { type: `urn:session-functions:problem:${type}`, title: 'Title.', status };
}

export class ScriptedApi {
  /** Calls so far. */
  count = 0;
  #calls = [];

  /** A client without retries, unless the options have them. */
  newClient(options) {
    const send = (url, init) => this.#fetch(url, init);
    return new SessionsClient({ url: 'http://api', key: 'ssk_x', attempts: 1, fetch: send, ...options });
  }

  /** Resolves to the next call. */
  async next() {
    for (let turn = 0; this.#calls.length === 0; turn++) {
      if (turn > 10_000) {
        throw new Error('No call came.');
      }
      await setImmediate();
    }
    return this.#calls.shift();
  }

  #fetch(url, init) {
    this.count++;
    return new Promise((resolve, reject) => {
      init.signal.addEventListener('abort', () => reject(init.signal.reason), { once: true });
      if (init.signal.aborted) {
        reject(init.signal.reason);
      }
      this.#calls.push(new ScriptedCall(url, JSON.parse(init.body), resolve, reject));
    });
  }
}

/** A call that waits for its answer. */
class ScriptedCall {
  constructor(url, body, resolve, fail) {
    this.isShared = url.endsWith('/v1/sessions/introspections');
    this.isAlone = url.endsWith('/v1/sessions/introspect');
    this.tokens = (this.isShared ? body.introspections : [body]).map(({ token }) => token);
    this.fail = fail;
    this.answerWith = (status, answer) => resolve(new Response(JSON.stringify(answer), { status }));
  }

  /** Answers each token by its own session, and `lost` by a problem. */
  answer({ lost } = {}) {
    const answers = this.tokens.map((token) => (token === lost ? { problem: down } : active(token)));
    this.answerWith(200, this.isShared ? { answers } : answers[0]);
  }
}

export const active = (token) => ({ active: true, session: { sid: token, state: 'live' } });
