import { formats } from './formats.js';

/** Maintenance. */
export const maintenance = {
  text: 'Purge and rebuild run by themselves. Here you see how they do, and can start them now.',
  purge: 'Purge',
  purgeText: 'Deletes sessions that lapsed, and ended ones after their retention.',
  purgeNow: 'Purge now',
  rebuild: 'Rebuild',
  rebuildText: 'Compares every user with the indexes and the cache, and repairs what differs.',
  rebuildNow: 'Rebuild now',
  running: 'Running',
  idle: 'Idle',
  ranges: (done: number, all: number) => `${formats.number(done)} of ${formats.number(all)} ranges done`,
  last: 'Last finished',
  took: 'Took',
  next: 'Next',
  backlog: 'Backlog',
  drift: 'Drift repaired',
  quarantined: 'Put into quarantine',
  malformed: 'Malformed rows found',
  counts: 'Counts of the last run',
  counted: { one: 'Kind', number: 'Number' },
  countNames: {
    examined: 'Due entries examined',
    sessionsPurged: 'Lapsed sessions deleted',
    tombstonesPurged: 'Ended sessions deleted',
    recordsPurged: 'Idempotency records deleted',
    keysPurged: 'Key rows deleted',
    moved: 'Due entries moved',
    strays: 'Stray due entries deleted',
    skipped: 'Left to the next run',
    quarantined: 'Rows put into quarantine',
    users: 'Users checked',
    rows: 'Rows read',
    liveSessions: 'Live sessions',
    headDrift: 'Heads repaired',
    dueDrift: 'Missing due entries added',
    listDrift: 'Lists in the cache removed',
    malformed: 'Malformed rows',
  } as Record<string, string>,
  noCounts: 'Nothing to count.',
  busy: 'Working. This may take up to four minutes.',
  finished: (what: string) => `${what} finished.`,
  unfinished: (what: string) => `${what} spent its time; the next run continues.`,
  quarantine: 'Quarantine',
  quarantineText:
    'A malformed row is left where it is, marked, and never accepted as a session. Each rebuild tells how many there are; the log of the server names them.',
  quarantineNone: 'The last rebuild found no malformed row.',
  user: 'One user',
  userText: 'Checks and repairs the indexes of one user at once.',
  userId: 'User id',
  userButton: 'Rebuild this user',
  userFault: 'Enter a user id.',
  userDone: (drift: number) =>
    drift === 0 ? 'The indexes of the user were right.' : `${formats.number(drift)} repaired.`,
};

/** What operators did. */
export const actions = {
  title: 'Actions of operators',
  text: 'What operators did here or by the API, newest first. Each is recorded before it is made.',
};

/** The verification of the audit. */
export const audit = {
  title: 'Audit',
  text: 'Every record of the audit is chained to the one before. Verifying finds what anything but this service has changed, removed or added.',
  off: 'The audit is off. Set Audit:Enabled on the server to keep a record of every change.',
  onlyUser: 'Only the records of this user',
  onlyUserHint: 'Empty for the records of everybody.',
  verify: 'Verify audit',
  busy: 'Verifying. This may take up to four minutes.',
  result: 'Result of the verification',
  states: { intact: 'Intact', broken: 'Broken', unfinished: 'In progress' },
  intact: 'Nothing was changed, removed or added.',
  broken:
    'Records do not fit together. Something other than this service has written the table, or a key has left the key ring too early.',
  brokenWhere: 'Verify a single user to see its records; the log of the server names the partitions.',
  unfinished: 'The time of one call is spent. Verify again to continue.',
  counts: {
    chains: 'Chains verified',
    records: 'Records looked at',
    actions: 'Of these, actions of operators',
    altered: 'Broken links: records altered',
    missing: 'Gaps: records missing',
    apart: 'Records outside their chain',
    heads: 'Chains without a valid head',
  },
  findings: 'Records that do not fit',
  columns: { fault: 'Fault', number: 'Record', count: 'Number of records' },
  faults: { altered: 'Altered', missing: 'Missing', apart: 'Outside the chain', head: 'Head not valid' },
};
