/** Longest wait for what another tab heard from the service, once it has released the lock. */
const answerOfAnotherTabMs = 1000;

/** Lets one of the tabs of an app do what all of them want, and the others take what it tells. */
export class Tabs {
  readonly #name: string;
  readonly #waiting = new Set<() => unknown>();

  constructor(name: string) {
    this.#name = name;
  }

  /** Does something unless another tab is at it and tells it; `isTold` says whether it did. */
  async once(what: string, isTold: () => boolean, act: () => Promise<void>): Promise<void> {
    const lock = `${this.#name}:${what}`;
    const wasFirst = await navigator.locks.request(lock, { ifAvailable: true }, async (held) => {
      if (held !== null) {
        await act();
      }
      return held !== null;
    });
    if (!wasFirst) {
      // What the other tab tells may arrive later than the lock.
      await navigator.locks.request(lock, async () => {
        if (!(await this.#wait(isTold))) {
          await act();
        }
      });
    }
  }

  /** Something was heard of another tab. */
  heard(): void {
    for (const look of [...this.#waiting]) {
      look();
    }
  }

  #wait(isTold: () => boolean): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (told: boolean) => {
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve(told);
      };
      const look = () => isTold() && end(true);
      const timer = setTimeout(() => end(false), answerOfAnotherTabMs);
      this.#waiting.add(look);
      look();
    });
  }
}
