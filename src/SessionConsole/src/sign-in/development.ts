import type { SignedIn } from './operator.js';

const place = 'session-console.credential';
const codePattern = /^#code=([A-Za-z0-9_-]{43})$/;

/** Takes the one-time code out of the address, so that neither a bookmark nor the history keeps it. */
export function takeCode(): string | undefined {
  const code = codePattern.exec(location.hash)?.[1];
  if (code !== undefined) {
    history.replaceState(null, '', `${location.pathname}${location.search}`);
  }
  return code;
}

/** Exchanges a one-time code for a credential; undefined when it was used or is wrong. */
export async function signInWithCode(code: string): Promise<SignedIn | undefined> {
  const answer = await fetch('sign-in', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ code }),
  });
  if (!answer.ok) {
    return undefined;
  }
  return signInWithCredential(((await answer.json()) as { credential: string }).credential);
}

/** Signs in with a service key. It is kept until the tab is closed. */
export function signInWithCredential(credential: string): SignedIn {
  sessionStorage.setItem(place, credential);
  return holderOf(credential);
}

/** The sign-in that this tab kept. */
export function keptCredential(): SignedIn | undefined {
  const kept = sessionStorage.getItem(place);
  return kept === null ? undefined : holderOf(kept);
}

function holderOf(credential: string): SignedIn {
  return {
    credential: () => Promise.resolve(credential),
    signOut: () => {
      sessionStorage.removeItem(place);
      return Promise.resolve();
    },
  };
}
