import { formats } from './formats.js';

/** Finding sessions. */
export const find = {
  text: 'Find sessions by user id, by session id, or by a token that somebody sent you.',
  kind: 'What you have',
  kinds: { user: 'User id', sid: 'Session id', token: 'Token' },
  labels: { user: 'User id', sid: 'Session id', token: 'Token' },
  hints: {
    user: 'Exactly as your application passes it, such as alice or 7f3c…',
    sid: 'Begins with ses_',
    token: 'Begins with sst_. The token never leaves this page: only the SHA-256 of its secret is sent.',
  },
  submit: 'Find',
  empty: {
    user: 'Enter a user id.',
    sid: 'A session id begins with ses_.',
    token: 'A token is sst_ and 118 characters.',
  },
  searching: (parts: number) => `Searching the table, part ${formats.number(parts)}…`,
  stop: 'Stop',
  notFound: 'Nothing found',
  notFoundText: {
    sid: 'No session has this id. It may have been deleted after its retention.',
    token: 'No session knows this token. It may have been replaced, or its session deleted after its retention.',
  },
  insecure: 'The digest cannot be computed: browsers allow it only over HTTPS or on localhost.',
};
