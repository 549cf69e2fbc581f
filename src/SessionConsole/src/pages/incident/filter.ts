import type { Job, JobFilter } from '../../api/types.js';
import { texts } from '../../texts.js';

/** What an operator typed into the conditions. */
export interface FilterFields {
  userIds: string;
  addresses: string;
  createdFrom: string;
  createdBefore: string;
  lastSeenFrom: string;
  lastSeenBefore: string;
  userAgentContains: string;
  assuranceBelow: '' | 'aal2' | 'aal3';
  methodMissing: string;
  client: string;
}

export const noFields: FilterFields = {
  userIds: '',
  addresses: '',
  createdFrom: '',
  createdBefore: '',
  lastSeenFrom: '',
  lastSeenBefore: '',
  userAgentContains: '',
  assuranceBelow: '',
  methodMissing: '',
  client: '',
};

/** The filter that the fields say; fields that are empty select nothing. */
export function filterOf(fields: FilterFields): JobFilter {
  return {
    ...optional('userIds', linesOf(fields.userIds)),
    ...optional('addresses', linesOf(fields.addresses)),
    ...optional('createdFrom', instantOf(fields.createdFrom)),
    ...optional('createdBefore', instantOf(fields.createdBefore)),
    ...optional('lastSeenFrom', instantOf(fields.lastSeenFrom)),
    ...optional('lastSeenBefore', instantOf(fields.lastSeenBefore)),
    ...optional('userAgentContains', textOf(fields.userAgentContains)),
    ...optional('assuranceBelow', fields.assuranceBelow === '' ? undefined : fields.assuranceBelow),
    ...optional('methodMissing', textOf(fields.methodMissing)),
    ...optional('client', textOf(fields.client)),
  };
}

/** An instant as the service takes it, from a date and time of this browser. */
export function instantOf(local: string): string | undefined {
  const time = Date.parse(local);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

/** The conditions of a job, for a person. */
export function conditionsOf(filter: Job['filter']): readonly (readonly [string, string])[] {
  return Object.entries(filter).map(([name, value]) => [
    texts.incident.filters[name as keyof typeof texts.incident.filters] ?? name,
    readable(value),
  ]);
}

function readable(value: string | number | readonly string[]): string {
  if (typeof value === 'number') {
    return texts.number(value);
  }
  if (typeof value !== 'string') {
    return value.join(', ');
  }
  return /^\d{4}-\d\d-\d\dT/.test(value) ? texts.moment(value) : value;
}

function linesOf(text: string): string[] | undefined {
  const lines = [...new Set(text.split('\n').map((line) => line.trim()))].filter((line) => line !== '');
  return lines.length === 0 ? undefined : lines;
}

function textOf(text: string): string | undefined {
  return text.trim() === '' ? undefined : text.trim();
}

function optional<K extends string, T>(name: K, value: T | undefined): { [P in K]?: T } {
  return value === undefined ? {} : ({ [name]: value } as { [P in K]: T });
}
