import { createHash } from 'node:crypto';
import { EndingsFeed, type Introspection, type Session, type SessionsClient, sidHash } from '@session-functions/client';

/** Validation without a call: see docs/integrate/passports.md. */
export interface PassportValidation {
  /** An audience that the service grants to this one. */
  audience: string;
  /** Within which time an end holds, in milliseconds. Default 5000. */
  maxFeedAgeMs?: number;
  /**
   * Whether a session that was validated is accepted until its passport ends, for at most ten minutes, while neither feed nor service answers.
   * An ended session is accepted then. Default false: the answer is 503.
   */
  acceptUntilExpiryWhenUnavailable?: boolean;
}

/** A validated session, and the passport for other back ends. */
export interface Validated {
  session: Session | null;
  passport: string | null;
}

type Ask = (passport: { audience: string }) => Promise<Introspection>;

interface Kept {
  session: Session;
  passport: string;
  hash: string;
  /** When the session was known to be live, by the clock of the service. */
  knownLiveMs: number;
  lifeMs: number;
  asked: { monotonic: number; wall: number };
  isRenewing: boolean;
}

const mostSessions = 10_000;
/** Longer than any answer that was asked for before takes. */
const refusalMs = 30_000;

/** The sessions that this process validated with a passport, under the digests of their tokens, for the life of the passport. */
export class KeptSessions {
  readonly feed: EndingsFeed;
  readonly #validation: PassportValidation;
  readonly #kept = new Map<string, Kept>();
  readonly #forgotten = new Map<string, number>();

  constructor(client: SessionsClient, validation: PassportValidation) {
    this.#validation = validation;
    this.feed = new EndingsFeed(client, { maxAgeMs: validation.maxFeedAgeMs ?? 5000 });
  }

  /** Validates a token; asks the service only when it must. Rejects when it cannot be known. */
  async find(token: string, ask: Ask): Promise<Validated> {
    const digest = digestOf(token);
    const kept = this.#kept.get(digest);
    const found = kept !== undefined && ageOf(kept) < kept.lifeMs ? kept : undefined;
    const verdict = found === undefined ? 'unknown' : this.#judge(found);
    if (found !== undefined && verdict === 'not-ended') {
      this.#renewIfDue(digest, found, ask);
      return validatedOf(found);
    }
    try {
      return await this.#ask(digest, ask);
    } catch (error) {
      if (found !== undefined && verdict === 'unknown' && this.#validation.acceptUntilExpiryWhenUnavailable === true) {
        return validatedOf(found);
      }
      throw error;
    }
  }

  /** Forgets a token: the next request asks the service. An answer that is under way is not kept. */
  forget(token: string): void {
    const digest = digestOf(token);
    this.#kept.delete(digest);
    this.#forgotten.set(digest, performance.now() + refusalMs);
  }

  async #ask(digest: string, ask: Ask): Promise<Validated> {
    this.feed.start();
    const asked = { monotonic: performance.now(), wall: Date.now() };
    const found = await ask({ audience: this.#validation.audience });
    const hash = found.active ? await sidHash(found.session.sid) : '';
    // The service may answer from a cache that has not confirmed an end; the feed has it already.
    if (
      !found.active ||
      this.feed.judge(hash, Date.parse(found.session.createdAt), Number.POSITIVE_INFINITY) === 'ended'
    ) {
      this.#kept.delete(digest);
      return { session: null, passport: null };
    }
    const { session, passport } = found;
    if (passport !== undefined && !this.#isForgotten(digest)) {
      const lifeMs = passport.expiresInSeconds * 1000;
      // Both members are rounded down.
      const knownLiveMs = Date.parse(passport.expiresAt) - lifeMs - 1000;
      this.#keep(digest, { session, passport: passport.token, hash, knownLiveMs, lifeMs, asked, isRenewing: false });
    }
    return { session, passport: passport?.token ?? null };
  }

  #judge({ hash, session, knownLiveMs }: Kept) {
    return this.feed.judge(hash, Date.parse(session.createdAt), knownLiveMs);
  }

  // Half of the life is over: renewed before it ends, which also reports the activity of the user. No request waits for it.
  #renewIfDue(digest: string, kept: Kept, ask: Ask): void {
    if (!kept.isRenewing && ageOf(kept) >= kept.lifeMs / 2) {
      kept.isRenewing = true;
      this.#ask(digest, ask).catch(() => {
        kept.isRenewing = false;
      });
    }
  }

  #keep(digest: string, kept: Kept): void {
    this.#kept.delete(digest);
    this.#kept.set(digest, kept);
    // The oldest come first.
    for (const [other, { lifeMs, asked }] of this.#kept) {
      if (this.#kept.size <= mostSessions && performance.now() - asked.monotonic < lifeMs) {
        break;
      }
      this.#kept.delete(other);
    }
  }

  #isForgotten(digest: string): boolean {
    for (const [other, until] of this.#forgotten) {
      if (until > performance.now()) {
        break;
      }
      this.#forgotten.delete(other);
    }
    return this.#forgotten.has(digest);
  }
}

// The clock that counted more: one stands still while the machine sleeps, the other may be set back.
function ageOf({ asked }: Kept): number {
  return Math.max(performance.now() - asked.monotonic, Date.now() - asked.wall);
}

function validatedOf(kept: Kept): Validated {
  const elapsed = Math.floor(ageOf(kept) / 1000);
  const { idleExpiresInSeconds, expiresInSeconds } = kept.session;
  return {
    session: {
      ...kept.session,
      idleExpiresInSeconds: Math.max(0, idleExpiresInSeconds - elapsed),
      expiresInSeconds: Math.max(0, expiresInSeconds - elapsed),
    },
    passport: kept.passport,
  };
}

// No token is kept.
function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
