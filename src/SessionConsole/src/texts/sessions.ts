import { formats } from './formats.js';

/** A session, and lists of sessions. */
export const session = {
  columns: { device: 'Device', state: 'State', seen: 'Last seen', address: 'Address', actions: 'Actions' },
  states: { live: 'Live', ended: 'Ended' },
  open: 'Details',
  unnamed: 'Unknown device',
  // The service keeps no device of a session that has ended.
  endedName: 'Ended session',
  notKept: 'not kept',
  anonymous: 'Anonymous',
  facts: 'Facts',
  user: 'User',
  sid: 'Session id',
  copySid: 'Copy the session id',
  created: 'Created',
  seen: 'Last seen',
  idleEnd: 'Ends without activity',
  absoluteEnd: 'Ends at the latest',
  assurance: 'Assurance level',
  authenticated: 'User authenticated',
  methods: 'Authentication methods',
  persistent: 'Persistent',
  actor: 'Acted for by',
  endedAt: 'Ended',
  reason: 'Reason',
  device: 'Device',
  deviceName: 'Name',
  userAgent: 'User agent',
  address: 'Address at sign-in',
  lastAddress: 'Last address',
  end: 'End session',
  endTitle: 'End this session?',
  endText: 'The user has to sign in again on this device. This cannot be taken back.',
  reasonField: 'Reason',
  reasonHint: 'Lower-case words with hyphens, such as device-lost. The user may see it.',
  reasonFault: 'Use lower-case letters, digits and single hyphens; at most 64 characters.',
  endedNow: 'The session is ended.',
  endedBy: (moment: string) => `The session is ended. Every instance refuses it by ${moment}.`,
};

/** What happened to a session or a user. */
export const timeline = {
  title: 'Timeline',
  text: 'What happened, newest first, and who did it.',
  empty: 'No events are kept.',
  more: 'Older events',
  types: {
    'session.created': 'Session created',
    'session.ended': 'Session ended',
    'session.rotated': 'New token',
    'session.assigned': 'Anonymous session became a session of the user',
    'session.claims-changed': 'Claims changed',
    'user.signed-out-everywhere': 'Signed out everywhere',
    'sessions.revoked-before': 'All older sessions ended',
  } as Record<string, string>,
  by: (actor: string) =>
    actor === 'user' ? 'by the user' : actor === 'system' ? 'by the service itself' : `by ${actor}`,
  actingAs: (impersonator: string) => `${impersonator} acted as the user`,
  reason: (reason: string) => `reason: ${reason}`,
  client: (client: string) => `client: ${client}`,
  level: (level: string) => `level: ${level}`,
  ended: (sids: readonly string[]) => formats.sessions(sids.length),
  before: (instant: string) => `before ${formats.moment(instant)}`,
  parameter: (name: string, value: string) => `${name}: ${value}`,
  session: 'Open the session',
};

/** The sessions of a user. */
export const user = {
  text: 'Newest first. Ended sessions stay for their retention.',
  filter: 'Which sessions',
  filters: { all: 'All', live: 'Live', ended: 'Ended' },
  list: (userId: string) => `Sessions of ${userId}`,
  loaded: (count: number, more: boolean) =>
    more ? `${formats.sessions(count)} loaded, more below` : formats.sessions(count),
  empty: 'No sessions',
  emptyText: 'This user has no sessions of this kind.',
  copy: 'Copy the user id',
  signOut: 'Sign out everywhere',
  previewed: 'Sessions that would end',
  signOutTitle: (userId: string) => `Sign ${userId} out everywhere?`,
  preview: (count: number) =>
    count === 0
      ? 'The user has no live sessions, so nothing would end.'
      : `${formats.number(count)} live ${count === 1 ? 'session ends' : 'sessions end'} in one transaction. This cannot be taken back.`,
  confirm: (count: number) => `End ${formats.sessions(count)}`,
  done: (count: number) => `${formats.number(count)} ${count === 1 ? 'session is' : 'sessions are'} ended.`,
};
