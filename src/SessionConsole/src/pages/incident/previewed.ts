import type { Job, JobFilter } from '../../api/types.js';

/** The service does not tell the user ids of a filter again, so this page remembers those it sent until it is closed. */
const sent = new Map<string, JobFilter>();

/** Remembers the filter of a job. */
export function remember(job: Job, filter: JobFilter): void {
  sent.set(job.id, filter);
}

/** The filter of a job; undefined when its user ids are not known any more. */
export function filterOfJob(job: Job): JobFilter | undefined {
  const { userCount, ...rest } = job.filter;
  return sent.get(job.id) ?? (userCount === undefined ? rest : undefined);
}
