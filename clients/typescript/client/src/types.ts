import type { components } from './generated/openapi.js';

type Schemas = components['schemas'];

/** A JSON object, as `data` and `claims` are. */
export type JsonObject = Record<string, unknown>;

/** A session as services see it. */
export type Session = Omit<Schemas['Session'], 'claims' | 'data'> & { claims?: JsonObject; data?: JsonObject };
/** A session as its user sees it. */
export type OwnSession = Omit<Schemas['OwnSession'], 'claims'> & { claims?: JsonObject };
/** A session in a list of a service: without claims and data. */
export type SessionListItem = Schemas['SessionListItem'];
/** A session in the user's own list. */
export type OwnSessionListItem = Schemas['OwnSessionListItem'];
/** What a session is created with. */
export type NewSession = Partial<Omit<Schemas['NewSession'], 'claims' | 'data'>> & {
  claims?: JsonObject | null;
  data?: JsonObject | null;
};
/** What is saved under a key. */
export type KeyedSession = Omit<Schemas['KeyedSession'], 'claims' | 'data'> & {
  data: JsonObject;
  claims?: JsonObject | null;
};
/** What a device tells of itself at sign-in. */
export type NewDevice = NonNullable<Schemas['NewDevice']>;
/** A session with its token. Neither is to be logged. */
export type IssuedSession = Omit<Schemas['IssuedSession'], 'session'> & { session: Session };
/** What a rotation changes. */
export type Rotation = Omit<Schemas['Rotation'], 'claims'> & { claims?: JsonObject | null };
/** New ends of a session. */
export type Expiry = Schemas['Expiry'];
/** What a call requires of the user's sign-in. */
export type Requirement = Schemas['Requirement'];
/** `aal1`, `aal2` or `aal3`. */
export type AssuranceLevel = Schemas['AssuranceLevel'];
/** How many sessions ended, and by when at the latest when a cache could not confirm. */
export type EndedCount = Schemas['EndedCount'];
/** A problem document of the API (RFC 9457). */
export type Problem = Schemas['Problem'];
/** Answer of an introspection. `insufficient` is absent when all of `requires` is met. */
export type Introspection =
  | { active: true; session: Session; insufficient?: Requirement; passport?: IssuedPassport }
  | { active: false };
/** A signed token of a session for the back ends of one audience, valid for minutes. Not to be logged. */
export type IssuedPassport = Schemas['Passport'];
/** A public key that verifies passports (RFC 7517). */
export type PassportKey = Schemas['PassportKeys']['keys'][number];
/** An answer of the feed of endings. */
export type EndingsPage = Schemas['Endings'];
/** Events of the log, and the cursor of the next answer. */
export type EventPage = Schemas['EventPage'];
/** An event in the JSON format of CloudEvents 1.0. */
export type LoggedEvent = Schemas['LoggedEvent'];
/** How old an answer may be: `cached` (default), `strong`, or at most so many seconds. */
export type Consistency = 'cached' | 'strong' | { maxAgeSeconds: number };
/** Why and when a session ended. */
export interface SessionEnd {
  reason: string;
  endedAt: string;
}
/** When an end is in force everywhere; empty when it is already. */
export interface Effect {
  effectiveBy?: string;
}
