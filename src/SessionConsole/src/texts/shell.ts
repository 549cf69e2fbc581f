/** Choice of the colours. */
export const theme = {
  system: 'Auto',
  light: 'Light',
  dark: 'Dark',
  label: (theme: string) => `Colours: ${theme}`,
};

/** Titles of the pages. */
export const pages = {
  overview: 'Overview',
  find: 'Find',
  user: 'Sessions of a user',
  session: 'Session',
  incident: 'Incident',
  maintenance: 'Maintenance',
  events: 'Events',
  keys: 'Keys',
  none: 'Page not found',
  noneTitle: 'Not found',
  noneText: 'This address leads to no page that your account may see.',
  toFirst: 'Go to the first page',
};

/** Signing in and out. */
export const signIn = {
  title: 'Sign in',
  withEntra: 'Sign in with Entra ID',
  key: 'Operator key',
  keyHint: 'Development only. The key begins with ssk_ and is kept until this tab is closed.',
  withKey: 'Sign in with this key',
  notAKey: 'An operator key begins with ssk_.',
  signOut: 'Sign out',
  signedOut: 'You are signed out.',
  expired: 'Your sign-in has expired. Sign in again to go on where you were.',
  codeUsed: 'The address was used before or is wrong. Take the newest one from the output of the server.',
  failed: 'Entra ID could not be reached. Try again.',
  notSetUp: 'No sign-in is set up. Set Console:ClientId and Entra:TenantId on the server.',
};

/** Why something is not shown or was not done. */
export const failures = {
  retry: 'Try again',
  stale: 'The service cannot be reached. What you see is the last answer.',
  unavailable: {
    title: 'The service cannot be reached',
    text: 'It does not answer, or cannot read its store. Nothing was changed. Try again in a moment.',
    line: 'The service cannot be reached. It is not known whether the change was made.',
    readLine: 'The service cannot be reached. Try again in a moment.',
  },
  signedOut: {
    title: 'Signed out',
    text: 'Your sign-in has expired.',
    line: 'Your sign-in has expired.',
  },
  forbidden: {
    title: 'Not allowed',
    text: 'Your account does not have the role that this page needs. Ask for sessions.support or sessions.operate.',
    line: 'Your account is not allowed to do this.',
  },
  absent: {
    title: 'Not found',
    text: 'There is nothing here. It may have been deleted after its retention.',
    line: 'It does not exist any more.',
  },
  refused: { title: 'The service refused the request' },
};

/** Charts. */
export const chart = {
  asTable: 'Show as a table',
  time: 'Hour',
};
