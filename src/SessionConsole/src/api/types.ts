import type { SessionListItem } from '@session-functions/client';

/** Who is signed in, and what this deployment offers. */
export interface Me {
  id: string;
  name: string;
  kind: 'user' | 'application' | 'key';
  scopes: readonly string[];
  features: { events: boolean; audit: boolean };
  version: string;
}

/** State of the purge or the rebuild. */
export interface MaintenanceJob {
  running: boolean;
  nextRunAt: string | null;
  lastStartedAt: string | null;
  lastFinishedAt: string | null;
  drift: number;
  counts: Record<string, number>;
  latest: {
    runId: number | null;
    startedAt: string | null;
    finished: boolean;
    ranges: number;
    rangesDone: number;
    drift: number;
    counts: Record<string, number>;
  };
}

export interface MaintenanceStatus {
  purge: MaintenanceJob;
  rebuild: MaintenanceJob;
  backlogAgeSeconds: number;
  sessions: { live: number | null; countedAt: string | null };
}

/** What one call of purge or rebuild did. */
export interface MaintenanceRun {
  runId: number | null;
  finished: boolean;
  rangesWorked: number;
  drift: number;
  counts: Record<string, number>;
}

export interface EventTarget {
  name: string;
  types: readonly string[];
  state: 'ok' | 'failing';
}

export interface RingKey {
  id: number;
  state: 'active' | 'read';
  since: string | null;
}

/** The deployment at a glance; the same for every instance for ten seconds. */
export interface Overview extends MaintenanceStatus {
  at: string;
  version: string;
  hours: readonly { hour: string; created: number; ended: number }[];
  cache: { configured: boolean; state: 'ok' | 'failing' | 'off' };
  keys: readonly RingKey[];
  revokeBefore: string | null;
  events: { enabled: boolean; parked: number; parkedIsMinimum: boolean; targets: readonly EventTarget[] };
  jobs: { running: number };
}

export interface SessionPage {
  sessions: readonly SessionListItem[];
  continuation?: string;
}

/** Something that happened to a session, or that an operator did. */
export interface TimelineEntry {
  id: string;
  type: string;
  time: string;
  number?: number;
  data: Record<string, unknown>;
}

export interface TimelinePage {
  entries: readonly TimelineEntry[];
  continuation?: string;
}

/** What a job selects; every given member must hold. */
export interface JobFilter {
  userIds?: readonly string[];
  createdFrom?: string;
  createdBefore?: string;
  lastSeenFrom?: string;
  lastSeenBefore?: string;
  addresses?: readonly string[];
  userAgentContains?: string;
  assuranceBelow?: 'aal2' | 'aal3';
  methodMissing?: string;
  client?: string;
}

export type JobKind = 'revoke' | 'export' | 'count';

export interface NewJob {
  kind: JobKind;
  filter: JobFilter;
  dryRun?: boolean;
  reason?: string;
}

export interface Job {
  id: string;
  kind: JobKind;
  dryRun: boolean;
  reason?: string | null;
  filter: Omit<JobFilter, 'userIds'> & { userCount?: number };
  state: 'running' | 'cancelled' | 'finished';
  createdAt: string;
  createdBy: { id: string; name: string };
  finishedAt: string | null;
  progress: {
    percent: number;
    examined: number;
    matched: number;
    ended: number;
    skipped: number;
    ratePerSecond: number;
    ranges: number;
    rangesDone: number;
  };
  expiresAt: string;
  sample?: readonly SessionListItem[];
}
