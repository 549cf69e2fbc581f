const generations = 8;
const shortestSliceMs = 1000;

/** The sessions that ended recently. Forgets by generations, each an eighth of the time to keep. */
export class RecentEndings {
  #generations: { until: number; hashes: Set<string> }[] = [];

  /** Remembers an ending for at least `keepMs` from `now` on, of a clock that never goes back. */
  add(hash: string, now: number, keepMs: number, longestMs: number): void {
    const until = now + keepMs;
    const slice = Math.max(shortestSliceMs, longestMs / generations);
    let generation = this.#generations.find((other) => other.until >= until && other.until - until <= slice);
    if (generation === undefined) {
      generation = { until: until + slice, hashes: new Set() };
      this.#generations.push(generation);
    }
    generation.hashes.add(hash);
  }

  /** Forgets what has been kept long enough. */
  prune(now: number): void {
    this.#generations = this.#generations.filter((generation) => generation.until > now);
  }

  has(hash: string): boolean {
    return this.#generations.some((generation) => generation.hashes.has(hash));
  }
}
