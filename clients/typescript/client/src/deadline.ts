/** A signal that aborts after a time, or with another signal. `AbortSignal.any` of a time-out may be collected before it fires in Node 20. */
export class Deadline {
  readonly signal: AbortSignal;
  readonly #controller = new AbortController();
  readonly #timer: ReturnType<typeof setTimeout>;
  readonly #outer: AbortSignal | undefined;
  readonly #forward: () => void;
  #passed = false;

  constructor(milliseconds: number, outer?: AbortSignal) {
    this.signal = this.#controller.signal;
    this.#outer = outer;
    this.#forward = () => this.#controller.abort(outer?.reason);
    this.#timer = setTimeout(() => {
      this.#passed = true;
      this.#controller.abort();
    }, milliseconds);
    if (outer?.aborted) {
      this.#forward();
    }
    outer?.addEventListener('abort', this.#forward, { once: true });
  }

  /** Whether the time is over; false when the other signal aborted. */
  get passed(): boolean {
    return this.#passed;
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#outer?.removeEventListener('abort', this.#forward);
  }
}
