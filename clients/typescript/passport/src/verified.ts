import type { CryptoKey } from 'jose';

/** A passport whose signature was verified. */
export interface Verified {
  kid: string;
  /** The key that verified it. Each reading of the keys makes others. */
  key: CryptoKey;
  /** Read anew for each request, so that nobody changes what others get. */
  payload: Uint8Array;
  /** The name of its session in the feed. */
  hash: string;
  /** Its end, in milliseconds since 1970. */
  until: number;
}

const mostPassports = 10_000;

/**
 * The passports that this process verified, under the digests of their texts, until they end. What may change meanwhile is not kept: the times, the
 * endings and the published keys are looked at for each request. No passport is kept.
 */
export class VerifiedPassports {
  readonly #kept = new Map<string, Verified>();

  /** How many are kept. */
  get size(): number {
    return this.#kept.size;
  }

  /** What was verified of a text with that digest. */
  get(digest: string): Verified | undefined {
    return this.#kept.get(digest);
  }

  /** Keeps a passport. `now` is in milliseconds since 1970. */
  set(digest: string, verified: Verified, now: number): void {
    this.#kept.delete(digest);
    this.#kept.set(digest, verified);
    // The oldest come first.
    for (const [other, { until }] of this.#kept) {
      if (this.#kept.size <= mostPassports && now < until) {
        break;
      }
      this.#kept.delete(other);
    }
  }
}

type Hash = (algorithm: string) => { update(text: string): { digest(encoding: 'base64url'): string } };

// Of Node, Deno and Bun. Web Crypto hashes on another thread, and the way there takes twenty times as long.
const { process } = globalThis as {
  process?: { getBuiltinModule?: (name: string) => { createHash?: Hash } | undefined };
};
const createHash = process?.getBuiltinModule?.('node:crypto')?.createHash;

/** SHA-256 of a text. */
export async function digestOf(text: string): Promise<string> {
  return createHash === undefined ? webDigestOf(text) : createHash('sha256').update(text).digest('base64url');
}

/** SHA-256 of a text where there is Web Crypto only, a character for each byte. */
export async function webDigestOf(text: string): Promise<string> {
  return String.fromCharCode(...new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))));
}
