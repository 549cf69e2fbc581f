import type { JsonObject, NewDevice, SessionsClient, TransportOptions } from '@session-functions/client';
import type { DeviceRequest } from './device.js';

/** Options of the store. Without `client`, `url` and `key` it reads SESSIONS_URL and SESSIONS_KEY. */
export interface SessionStoreOptions extends TransportOptions {
  /** Client to use, shared with the rest of the app. */
  client?: SessionsClient;
  /** Put before each id, so that two apps with one service key never meet. Default `sess:`. */
  prefix?: string;
  /** Returns the id of the user of a session, once one is signed in. The session then stands in that user's list. */
  // biome-ignore lint/suspicious/noExplicitAny: apps declare the members of their sessions themselves
  userId?: (session: any) => string | number | null | undefined;
  /** Returns what of a session its user may see. */
  // biome-ignore lint/suspicious/noExplicitAny: see userId
  claims?: (session: any) => JsonObject | undefined;
  /** Returns the device of a new session; false tells none. Default: user agent, client hints and address of the request. */
  device?: false | ((request: DeviceRequest) => NewDevice | undefined);
  /** Saves only what a request changed, so that two requests at once keep each other's changes. Default true; false saves whole values. */
  merge?: boolean;
  /** Store of earlier sessions. One that is found there is moved to the service at its next request. */
  fallback?: object;
  /** Remembers the ids that this process saved, for `all`, `ids` and `length`. For tests and tools. Default false. */
  trackIds?: boolean;
}
