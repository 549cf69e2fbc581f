import { useCallback, useRef } from 'preact/hooks';
import type { MaintenanceJob, MaintenanceRun } from '../../api/types.js';
import { useAction } from '../../api/useAction.js';
import { texts } from '../../texts.js';
import { ActionFault } from '../../ui/ActionFault.js';
import { Badge } from '../../ui/Badge.js';
import { Button } from '../../ui/Button.js';
import { Moment } from '../../ui/Moment.js';
import { useNotices } from '../../ui/Notices.js';
import { Table } from '../../ui/Table.js';

interface JobCardProperties {
  title: string;
  text: string;
  button: string;
  job: MaintenanceJob;
  start: () => Promise<MaintenanceRun>;
  onDone: () => void;
  /** What this job alone has. */
  facts: readonly (readonly [string, string])[];
}

/** A maintenance job: how it did, what it counted, and a button that starts it. */
export function JobCard({ title, text, button, job, start, onDone, facts }: JobCardProperties) {
  const tell = useNotices();
  const words = texts.maintenance;
  const latest = useRef({ start, onDone });
  latest.current = { start, onDone };
  const action = useAction(
    useCallback(async () => {
      const run = await latest.current.start();
      tell(run.finished ? words.finished(title) : words.unfinished(title), run.finished ? 'good' : 'warn');
      latest.current.onDone();
    }, [tell, title, words]),
  );
  const counted = Object.entries(job.counts).filter(([, count]) => count > 0);
  return (
    <section class="card">
      <div class="card-head">
        <h2>{title}</h2>
        {job.running ? <Badge kind="warn">{words.running}</Badge> : <Badge>{words.idle}</Badge>}
      </div>
      <p class="quiet">{text}</p>
      <dl class="facts">
        <dt>{words.last}</dt>
        <dd>{job.lastFinishedAt === null ? texts.overview.never : <Moment instant={job.lastFinishedAt} />}</dd>
        <dt>{words.took}</dt>
        <dd>
          {job.lastStartedAt === null || job.lastFinishedAt === null
            ? texts.unknown
            : texts.duration(Math.ceil((Date.parse(job.lastFinishedAt) - Date.parse(job.lastStartedAt)) / 1000))}
        </dd>
        <dt>{words.next}</dt>
        <dd>{job.nextRunAt === null ? texts.unknown : <Moment instant={job.nextRunAt} />}</dd>
        {facts.map(([name, value]) => [<dt key={`${name}-name`}>{name}</dt>, <dd key={name}>{value}</dd>])}
      </dl>
      {job.running ? (
        <div>
          <progress max={job.latest.ranges} value={job.latest.rangesDone} aria-label={title} />
          <p class="quiet">{words.ranges(job.latest.rangesDone, job.latest.ranges)}</p>
        </div>
      ) : null}
      <details>
        <summary>{words.counts}</summary>
        {counted.length === 0 ? (
          <p class="quiet">{words.noCounts}</p>
        ) : (
          <Table
            label={`${title}: ${words.counts}`}
            rows={counted}
            keyOf={([name]) => name}
            columns={[
              { title: words.counted.one, cell: ([name]) => words.countNames[name] ?? name },
              { title: words.counted.number, cell: ([, count]) => texts.number(count), isNumber: true },
            ]}
          />
        )}
      </details>
      <ActionFault failure={action.failure} />
      <span class="actions">
        <Button onClick={action.run} busy={action.isBusy}>
          {button}
        </Button>
        {action.isBusy ? (
          <span class="quiet" role="status">
            {words.busy}
          </span>
        ) : null}
      </span>
    </section>
  );
}
