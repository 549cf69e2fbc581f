import type { SessionsClient } from '@session-functions/client';
import { type CryptoKey, importJWK } from 'jose';

/** `Cache-Control` of `GET /v1/passport-keys`. */
const maxAgeMs = 300_000;
const pauseMs = 10_000;

/** The public keys of passports. Read anew every five minutes, and for an unknown key at most once in ten seconds. */
export class PassportKeys {
  readonly #client: SessionsClient;
  readonly #now: () => number;
  #keys = new Map<string, CryptoKey>();
  #readAt = Number.NEGATIVE_INFINITY;
  #askedAt = Number.NEGATIVE_INFINITY;
  #failure: unknown;
  #reading: Promise<void> | undefined;

  constructor(client: SessionsClient, now: () => number) {
    this.#client = client;
    this.#now = now;
  }

  /** The key of an id; undefined when there is none. Rejects when that cannot be known. */
  async find(kid: string): Promise<CryptoKey | undefined> {
    const known = this.#keys.get(kid);
    if (known !== undefined) {
      if (this.#now() - this.#readAt > maxAgeMs && this.#mayAsk()) {
        // No request waits for it; the keys that were read are valid still.
        this.#read().catch(() => undefined);
      }
      return known;
    }
    if (this.#reading === undefined && !this.#mayAsk()) {
      if (this.#failure !== undefined) {
        throw this.#failure;
      }
      return undefined;
    }
    await this.#read();
    return this.#keys.get(kid);
  }

  // Unknown ids cost the service one request in ten seconds, whoever invents them.
  #mayAsk(): boolean {
    return this.#now() - this.#askedAt >= pauseMs;
  }

  #read(): Promise<void> {
    this.#reading ??= this.#readNow().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #readNow(): Promise<void> {
    this.#askedAt = this.#now();
    try {
      const keys = new Map<string, CryptoKey>();
      for (const key of await this.#client.passports.keys()) {
        if (key.kty === 'EC' && key.crv === 'P-256' && key.alg === 'ES256') {
          const { kty, crv, x, y } = key;
          keys.set(key.kid, (await importJWK({ kty, crv, x, y }, 'ES256')) as CryptoKey);
        }
      }
      this.#keys = keys;
      this.#readAt = this.#now();
      this.#failure = undefined;
    } catch (error) {
      this.#failure = error;
      throw error;
    }
  }
}
