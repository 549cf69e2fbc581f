import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Api } from '../api/Api.js';
import type { Me } from '../api/types.js';

/** What every page has: the API, and who is signed in. */
export interface Session {
  api: Api;
  me: Me;
}

export const SessionContext = createContext<Session | undefined>(undefined);

/** Gets it. Pages are shown only to an operator who is signed in. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) {
    throw new Error('A page was shown without a sign-in.');
  }
  return session;
}
