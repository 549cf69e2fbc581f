import { formats } from './formats.js';

/** A session, and lists of sessions. */
export const session = {
  columns: { device: 'Device', state: 'State', seen: 'Last seen', address: 'Address', actions: 'Actions' },
  states: { live: 'Live', ended: 'Ended' },
  open: 'Details',
  unnamed: 'Unknown device',
  anonymous: 'Anonymous',
  facts: 'Facts',
  user: 'User',
  sid: 'Session id',
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
  timeline: 'Timeline',
  timelineText: 'What happened, newest first, and who did it.',
  timelineEmpty: 'No events are kept.',
  timelineMore: 'Older events',
};

/** The sessions of a user. */
export const user = {
  text: 'Newest first. Ended sessions stay for their retention.',
  filter: 'Which sessions',
  filters: { all: 'All', live: 'Live', ended: 'Ended' },
  list: (userId: string) => `Sessions of ${userId}`,
  loaded: (count: number, more: boolean) => `${formats.number(count)} loaded${more ? ', more below' : ''}`,
  empty: 'No sessions',
  emptyText: 'This user has no sessions of this kind.',
  signOut: 'Sign out everywhere',
  previewed: 'Sessions that would end',
  signOutTitle: (userId: string) => `Sign ${userId} out everywhere?`,
  preview: (count: number) =>
    count === 0
      ? 'The user has no live sessions, so nothing would end.'
      : `${formats.number(count)} live ${count === 1 ? 'session ends' : 'sessions end'} in one transaction. This cannot be taken back.`,
  confirm: (count: number) => `End ${formats.number(count)} ${count === 1 ? 'session' : 'sessions'}`,
  done: (count: number) => `${formats.number(count)} ${count === 1 ? 'session is' : 'sessions are'} ended.`,
};
