import { scryptSync, timingSafeEqual } from 'node:crypto';

// An app has its own users; these two show the pages. Ids are opaque: they go to the session service.
const users = [
  { id: 'user-4b825dc6', name: 'alice', salt: 'a-salt-of-alice' },
  { id: 'user-7f3e1a90', name: 'bob', salt: 'a-salt-of-bob' },
].map((user) => ({ ...user, hash: scryptSync('correct horse', user.salt, 32) }));

/** The user of a name and a password; null when they do not belong together. */
export function userOf(name, password) {
  const user = users.find((known) => known.name === name) ?? users[0];
  const isRight = timingSafeEqual(user.hash, scryptSync(String(password ?? ''), user.salt, 32));
  return isRight && user.name === name ? { id: user.id, name: user.name } : null;
}
