// The session API that the tests run against.
import { randomUUID } from 'node:crypto';
import { SessionsClient } from '@session-functions/client';

function required(name) {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} must name a running session API: see 'dotnet dev.cs up'.`);
  }
  return value;
}

export const url = required('SESSIONS_URL');
export const key = required('SESSIONS_KEY');

/** A client with all scopes; tests run on a loaded machine, so it waits longer than an app would. */
export const client = new SessionsClient({ url, key, timeoutMs: 20_000 });

/** A user that no other test knows. */
export const newUser = () => `user-${randomUUID()}`;
