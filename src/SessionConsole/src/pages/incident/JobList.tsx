import type { Job } from '../../api/types.js';
import { useLoad } from '../../api/useLoad.js';
import { useSession } from '../../app/context.js';
import { linkTo } from '../../app/route.js';
import { texts } from '../../texts.js';
import { Badge } from '../../ui/Badge.js';
import { Moment } from '../../ui/Moment.js';
import { Show, State } from '../../ui/States.js';
import { Table } from '../../ui/Table.js';

const badges = { running: 'warn', cancelled: 'bad', finished: 'good' } as const;

/** Kind of a job as an operator calls it. */
export function kindOfJob(job: Job): string {
  return texts.incident.kinds[job.kind === 'revoke' && job.dryRun ? 'preview' : job.kind];
}

/** State of a job in a word. */
export function JobState({ job }: { job: Job }) {
  return <Badge kind={badges[job.state]}>{texts.incident.states[job.state]}</Badge>;
}

/** Jobs that are kept, newest first. */
export function JobList() {
  const { api } = useSession();
  const words = texts.incident;
  const jobs = useLoad('jobs', (signal) => api.jobs(signal), 5000);
  return (
    <Show of={jobs}>
      {(shown) => (
        <section class="card">
          <h2>{words.jobs}</h2>
          {shown.jobs.length === 0 ? (
            <State icon="empty" title={words.noJobs} text={words.noJobsText} />
          ) : (
            <Table
              label={words.jobs}
              rows={shown.jobs}
              keyOf={(job) => job.id}
              columns={[
                {
                  title: words.columns.kind,
                  cell: (job) => <a href={linkTo('incident', { job: job.id })}>{kindOfJob(job)}</a>,
                },
                { title: words.columns.state, cell: (job) => <JobState job={job} /> },
                { title: words.columns.matched, cell: (job) => texts.number(job.progress.matched), isNumber: true },
                { title: words.columns.by, cell: (job) => job.createdBy.name },
                { title: words.columns.when, cell: (job) => <Moment instant={job.createdAt} /> },
              ]}
            />
          )}
        </section>
      )}
    </Show>
  );
}
