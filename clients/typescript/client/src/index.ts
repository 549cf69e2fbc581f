export { type ListedState, type SessionChange, SessionsClient } from './client.js';
export type { Content, SessionClaims, SessionData } from './content.js';
export { EndingsFeed, type EndingsFeedOptions, type MachineClocks, sidHash, type Verdict } from './endings-feed.js';
export { SessionsError, SessionsUnavailableError } from './errors.js';
export { sessionKey } from './key.js';
export type { CallOptions, Conditions, KeyedEntry, KeyedSessions, ReadOptions } from './keyed.js';
export type { Passports } from './passports.js';
export type { KeySource, TransportOptions } from './transport.js';
export type * from './types.js';
