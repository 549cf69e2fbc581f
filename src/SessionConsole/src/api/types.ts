import type { components } from '@session-functions/client/generated/openapi';

type Schemas = components['schemas'];

/** Who is signed in, and what this deployment offers. */
export type Me = Schemas['Operator'];
/** The deployment at a glance; the same for every instance for ten seconds. */
export type Overview = Schemas['Overview'];
/** State of purge and rebuild. */
export type MaintenanceStatus = Schemas['MaintenanceStatus'];
/** State of one of them. */
export type MaintenanceJob = Schemas['MaintenanceJob'];
/** What one call of purge or rebuild did. */
export type MaintenanceRun = Schemas['MaintenanceRun'];
/** What the verification of the audit has found so far. */
export type AuditVerification = Schemas['AuditVerification'];
export type EventReplay = Schemas['EventReplay'];
/** The instant by which every instance follows an instruction. */
export type EffectiveBy = Schemas['Effect'];

export type SessionPage = Schemas['FoundSessions'];

export type TimelinePage = Schemas['Timeline'];
/** Something that happened to a session, or that an operator did. */
export type TimelineEntry = TimelinePage['entries'][number];

/** A job as its creator describes it; what is left out takes its default. */
export type NewJob = Partial<Schemas['NewJob']> & Pick<Schemas['NewJob'], 'kind' | 'filter'>;
export type JobKind = NewJob['kind'];
/** What a job selects; every given member must hold. */
export type JobFilter = NewJob['filter'];
export type Job = Schemas['Job'];
export type Jobs = Schemas['Jobs'];
