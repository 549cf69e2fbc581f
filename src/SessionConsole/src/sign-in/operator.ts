/** Somebody who is signed in to the console. */
export interface SignedIn {
  /** A credential that is good now. Rejects when the operator must sign in again. */
  credential: () => Promise<string>;
  /** Forgets the operator in this page. */
  signOut: () => Promise<void>;
}
