import {
  EndingsFeed,
  type MachineClocks,
  SessionsClient,
  sidHash,
  type TransportOptions,
} from '@session-functions/client';
import { compactVerify, decodeProtectedHeader, errors } from 'jose';
import { type Passport, readClaims } from './claims.js';
import { PassportRefusedError, type Refusal } from './errors.js';
import { PassportKeys } from './keys.js';
import { digestOf, type Verified, VerifiedPassports } from './verified.js';

/** Options of a verifier. Without `client`, `url` and `key` it reads SESSIONS_URL and SESSIONS_KEY. */
export interface PassportVerifierOptions extends TransportOptions {
  /** `Passports:Issuer` of the service, compared exactly. */
  issuer: string;
  /** The audience of this back end, compared exactly. */
  audience: string;
  /** Client to use, shared with the rest of the app. Its service key needs the scope `sessions.endings` alone. */
  client?: SessionsClient;
  /** Within which time an end holds, in milliseconds. Default 5000. */
  maxFeedAgeMs?: number;
  /**
   * Whether a passport is accepted until it ends, for at most ten minutes, while neither feed nor service answers. A passport of an ended
   * session is accepted then. Default false: nothing is accepted.
   */
  acceptUntilExpiryWhenUnavailable?: boolean;
  /** Default: the clocks of the machine. */
  clocks?: MachineClocks;
}

const algorithm = 'ES256';
const type = 'session-passport+jwt';
/** Each lets the sender choose the key, or demands what is not understood. */
const refusedHeaders = ['crit', 'jku', 'jwk', 'x5u', 'x5c'];
const longestText = 16_384;
const longestSeconds = 600;
const clockSkewSeconds = 30;

/** Verifies passports without a call, as long as the feed of endings is fresh. One serves a whole process. */
export class PassportVerifier {
  /** What ended recently. */
  readonly feed: EndingsFeed;
  readonly #options: PassportVerifierOptions;
  readonly #client: SessionsClient;
  readonly #keys: PassportKeys;
  readonly #verified = new VerifiedPassports();
  readonly #clocks: MachineClocks;

  constructor(options: PassportVerifierOptions) {
    if (!options.issuer || !options.audience) {
      throw new TypeError(
        'issuer and audience are needed: Passports:Issuer of the service, and the audience of this back end.',
      );
    }
    this.#options = options;
    this.#client = options.client ?? new SessionsClient(options);
    this.#clocks = options.clocks ?? { monotonic: () => performance.now(), wall: () => Date.now() };
    this.#keys = new PassportKeys(this.#client, this.#clocks.monotonic);
    this.feed = new EndingsFeed(this.#client, {
      maxAgeMs: options.maxFeedAgeMs ?? 5000,
      clocks: this.#clocks,
      ...(options.onWarning === undefined ? {} : { onWarning: options.onWarning }),
    });
  }

  /** Starts to follow the endings, so that the first request finds a complete feed. */
  start(): this {
    this.feed.start();
    return this;
  }

  /** Stops following the endings. */
  stop(): void {
    this.feed.stop();
  }

  /**
   * Verifies a passport. Rejects with `PassportRefusedError` (answer 401), or with `SessionsError` when it cannot be known (answer 503).
   */
  async verify(passport: string): Promise<Passport> {
    if (passport.length > longestText) {
      throw new PassportRefusedError('malformed');
    }
    const digest = await digestOf(passport);
    const kept = this.#verified.get(digest);
    const found = kept !== undefined && (await this.#keys.find(kept.kid)) === kept.key ? kept : undefined;
    const checked = found ?? (await this.#check(passport));
    const claims = readClaims(checked.payload);
    const fault = this.#faultOf(claims);
    if (fault !== undefined) {
      throw new PassportRefusedError(fault);
    }
    const hash = found?.hash ?? (await sidHash(claims.sid));
    if (found === undefined) {
      this.#verified.set(digest, { ...checked, hash, until: claims.exp * 1000 }, this.#clocks.wall());
    }
    await this.#judge(claims, hash);
    return claims;
  }

  // What stays as it is.
  async #check(passport: string): Promise<Pick<Verified, 'kid' | 'key' | 'payload'>> {
    const kid = headerOf(passport);
    const key = await this.#keys.find(kid);
    if (key === undefined) {
      throw new PassportRefusedError('key');
    }
    return { kid, key, payload: await payloadOf(passport, key) };
  }

  #faultOf(claims: Passport): Refusal | undefined {
    if (claims.iss !== this.#options.issuer) {
      return 'issuer';
    }
    if (claims.aud !== this.#options.audience) {
      return 'audience';
    }
    const now = this.#clocks.wall() / 1000;
    if (claims.iat > now + clockSkewSeconds) {
      return 'issued-in-future';
    }
    if (now >= claims.exp) {
      return 'expired';
    }
    const longest = Math.min(longestSeconds, this.feed.lifetimeSeconds ?? longestSeconds);
    return claims.exp - claims.iat > longest ? 'lifetime' : undefined;
  }

  async #judge(claims: Passport, hash: string): Promise<void> {
    let verdict = this.feed.judge(hash, claims.created_ms, claims.iat * 1000);
    if (verdict === 'unknown') {
      this.feed.start();
      try {
        verdict = (await this.#client.passports.hasEnded(claims.sid)) ? 'ended' : 'not-ended';
      } catch (error) {
        if (this.#options.acceptUntilExpiryWhenUnavailable !== true) {
          throw error;
        }
      }
    }
    if (verdict === 'ended') {
      throw new PassportRefusedError('ended');
    }
  }
}

function headerOf(passport: string): string {
  if (!/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*$/.test(passport)) {
    throw new PassportRefusedError('malformed');
  }
  let header: Record<string, unknown>;
  try {
    header = decodeProtectedHeader(passport) as Record<string, unknown>;
  } catch {
    throw new PassportRefusedError('malformed');
  }
  if (header['alg'] !== algorithm) {
    throw new PassportRefusedError('algorithm');
  }
  if (header['typ'] !== type) {
    throw new PassportRefusedError('type');
  }
  if (refusedHeaders.some((name) => name in header)) {
    throw new PassportRefusedError('header');
  }
  if (typeof header['kid'] !== 'string' || header['kid'] === '') {
    throw new PassportRefusedError('key');
  }
  return header['kid'];
}

async function payloadOf(passport: string, key: Parameters<typeof compactVerify>[1]): Promise<Uint8Array> {
  try {
    return (await compactVerify(passport, key, { algorithms: [algorithm] })).payload;
  } catch (error) {
    throw new PassportRefusedError(error instanceof errors.JWSSignatureVerificationFailed ? 'signature' : 'malformed');
  }
}
