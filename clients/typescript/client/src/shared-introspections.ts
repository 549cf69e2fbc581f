import { copyOf, notOurs, SessionsError } from './errors.js';
import { isOneProcess, withoutContext } from './platform.js';
import type { Call, Transport } from './transport.js';

/** Most introspections of one call, as the API has it. No more than these ever wait. */
const mostInCall = 64;
/** How many wait when another call is sent although fewer than `mostUnderWay` have returned. */
const enoughForAnother = 16;
/** From so many calls under way on, only a full one is sent. */
const mostUnderWay = 2;
/** The longest introspection that shares a call: so many fit in the body that the API takes. A longer one goes alone. */
const mostBytes = 960;
/** How long one waits at most for a call to return: less than the way to an API far away, so that sharing costs little there. */
const patienceMs = 5;
/** For how long an API is not asked again that does not know the operation: an older one, which may be replaced. */
const pauseMs = 300_000;

/** The answer of a shared call, or leave to send alone; `isCall`: as one of the calls under way. */
type Turn = { answer: object } | { isCall: boolean };

interface Waiting {
  body: unknown;
  since: number;
  resolve: (turn: Turn) => void;
  reject: (error: unknown) => void;
}

/**
 * Introspections that wait at the same time share a call (docs/adr/0081). One is sent at once when no call is under way. Otherwise it is sent
 * with all others that wait when a call returns or when enough wait. Each is still asked for after it was requested.
 */
export class SharedIntrospections {
  readonly #transport: Transport;
  readonly #isShared = isOneProcess();
  #waiting: Waiting[] = [];
  #underWay = 0;
  #patience: ReturnType<typeof setTimeout> | undefined;
  #unknownAt = Number.NEGATIVE_INFINITY;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Sends an introspection, given as the call that asks for it alone. Resolves to the body of the answer. */
  async send(call: Call): Promise<unknown> {
    if (!this.#mayShare(call)) {
      return this.#sendAlone(call, false);
    }
    if (this.#underWay === 0) {
      this.#underWay++;
      return this.#sendAlone(call, true);
    }
    const asked = { ...call, since: performance.now() };
    const turn = await this.#wait(asked);
    return 'answer' in turn ? turn.answer : this.#sendAlone(asked, turn.isCall);
  }

  // A call has one header for all.
  #mayShare(call: Call): boolean {
    return (
      this.#isShared &&
      Object.values(call.headers ?? {}).every((value) => value === undefined) &&
      performance.now() - this.#unknownAt >= pauseMs &&
      new TextEncoder().encode(JSON.stringify(call.body)).length <= mostBytes
    );
  }

  async #sendAlone(call: Call, isCall: boolean): Promise<unknown> {
    try {
      return (await this.#transport.send(call)).body;
    } finally {
      if (isCall) {
        this.#leave();
      }
    }
  }

  async #wait({ body, since, signal }: Call & { since: number }): Promise<Turn> {
    signal?.throwIfAborted();
    let cancel = () => {};
    try {
      return await new Promise((resolve, reject) => {
        const waiting = { body, since, resolve, reject };
        cancel = () => {
          this.#waiting = this.#waiting.filter((other) => other !== waiting);
          reject(signal?.reason);
        };
        signal?.addEventListener('abort', cancel, { once: true });
        this.#enter(waiting);
      });
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }

  #enter(waiting: Waiting): void {
    this.#waiting.push(waiting);
    this.#sendIfEnough();
    if (this.#waiting.length === 1) {
      clearTimeout(this.#patience);
      this.#patience = setTimeout(() => this.#sendFrom(1), patienceMs);
    }
  }

  #leave(): void {
    this.#underWay--;
    this.#sendIfEnough();
  }

  #sendIfEnough(): void {
    const enough = this.#underWay < mostUnderWay ? enoughForAnother : mostInCall;
    this.#sendFrom(this.#underWay === 0 ? 1 : enough);
  }

  #sendFrom(least: number): void {
    const call = this.#waiting;
    const [first] = call;
    if (first === undefined || call.length < least) {
      return;
    }
    this.#waiting = [];
    this.#underWay++;
    if (call.length === 1) {
      first.resolve({ isCall: true });
    } else {
      // In no caller's context: it may hold what a fetch of the application sends along.
      withoutContext(() => void this.#sendTogether(call, first.since));
    }
  }

  async #sendTogether(call: Waiting[], since: number): Promise<void> {
    try {
      const { body } = await this.#transport.send({
        method: 'POST',
        path: '/v1/sessions/introspections',
        body: { introspections: call.map((waiting) => waiting.body) },
        repeatable: true,
        since,
      });
      const turns = turnsOf(body, call.length);
      for (const [i, turn] of turns.entries()) {
        call[i]?.resolve(turn);
      }
    } catch (error) {
      const status = error instanceof SessionsError ? error.status : 0;
      if (status === 404 || status === 405) {
        this.#unknownAt = performance.now();
      }
      for (const { resolve, reject } of call) {
        isOfThisOperation(status) ? resolve({ isCall: false }) : reject(copyOf(error));
      }
    } finally {
      this.#leave();
    }
  }
}

// Answers are told apart by their order alone, so a list of another length is refused as a whole. What got a problem is asked alone.
function turnsOf(body: unknown, count: number): Turn[] {
  const answers = (body as { answers?: unknown } | null)?.answers;
  if (!Array.isArray(answers) || answers.length !== count || !answers.every(isObject)) {
    throw notOurs();
  }
  return answers.map((answer) => ('problem' in answer ? { isCall: false } : { answer }));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

// One of them may be the cause, or an API that does not know the operation.
function isOfThisOperation(status: number): boolean {
  return status >= 400 && status < 500 && ![401, 408, 429].includes(status);
}
