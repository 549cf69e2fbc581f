import { useCallback, useState } from 'preact/hooks';
import type { Job } from '../../api/types.js';
import { useAction } from '../../api/useAction.js';
import { type Loaded, useLoad } from '../../api/useLoad.js';
import { useSession } from '../../app/context.js';
import { texts } from '../../texts.js';
import { ActionFault } from '../../ui/ActionFault.js';
import { Button } from '../../ui/Button.js';
import { Show } from '../../ui/States.js';
import { ConfirmDialog } from './ConfirmDialog.js';
import { conditionsOf } from './filter.js';
import { JobState, kindOfJob } from './JobList.js';
import { JobMatches } from './JobMatches.js';
import { filterOfJob } from './previewed.js';

const everyMs = 1000;

/** One job: progress, cancel, result; and after a preview, the revoke itself. */
export function JobView({ id }: { id: string }) {
  const { api } = useSession();
  const [isOver, setIsOver] = useState(false);
  const job = useLoad(
    id,
    async (signal) => {
      const read = await api.job(id, signal);
      setIsOver(read.state !== 'running');
      return read;
    },
    isOver ? undefined : everyMs,
  );
  return <Show of={job}>{(shown) => <Content job={shown} loaded={job} />}</Show>;
}

function Content({ job, loaded }: { job: Job; loaded: Loaded<Job> }) {
  const words = texts.incident;
  const { progress } = job;
  return (
    <>
      <section class="card">
        <div class="card-head">
          <h2>{kindOfJob(job)}</h2>
          <JobState job={job} />
        </div>
        <dl class="facts">
          {conditionsOf(job.filter).map(([name, value]) => [
            <dt key={`${name}-name`}>{name}</dt>,
            <dd key={name}>{value}</dd>,
          ])}
          {job.reason ? [<dt key="reason-name">{texts.session.reason}</dt>, <dd key="reason">{job.reason}</dd>] : null}
          <dt>{words.columns.by}</dt>
          <dd>{job.createdBy.name}</dd>
        </dl>
        <div>
          <progress max={100} value={progress.percent} aria-label={words.progress} />
          <dl class="figures compact">
            <Measure name={words.progress} value={words.percent(progress.percent)} />
            <Measure name={words.examined} value={texts.number(progress.examined)} />
            <Measure name={words.matched} value={texts.number(progress.matched)} />
            {job.kind === 'revoke' && !job.dryRun ? (
              <Measure name={words.ended} value={texts.number(progress.ended)} />
            ) : null}
            {job.state === 'running' ? (
              <Measure name={words.rate} value={texts.number(Math.round(progress.ratePerSecond))} />
            ) : null}
          </dl>
        </div>
        <Outcome job={job} reload={loaded.reload} />
      </section>
      {job.kind === 'count' ? null : <JobMatches job={job} />}
    </>
  );
}

function Measure({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd class="number">{value}</dd>
    </div>
  );
}

function Outcome({ job, reload }: { job: Job; reload: () => void }) {
  const { api } = useSession();
  const words = texts.incident;
  const [isConfirming, setIsConfirming] = useState(false);
  const change = useAction(
    useCallback(async () => {
      await (job.state === 'running' ? api.cancelJob(job.id) : api.resumeJob(job.id));
      reload();
    }, [api, job.id, job.state, reload]),
  );
  const filter = filterOfJob(job);
  const { matched, ended } = job.progress;
  const isPreview = job.kind === 'revoke' && job.dryRun;
  return (
    <>
      <p role="status">
        {job.state === 'running'
          ? null
          : job.state === 'cancelled'
            ? words.cancelledText
            : isPreview
              ? words.wouldEnd(matched)
              : job.kind === 'revoke'
                ? words.didEnd(ended)
                : words.didMatch(matched)}
      </p>
      <ActionFault failure={change.failure} />
      <span class="actions">
        {job.state === 'running' ? (
          <Button kind="danger" onClick={change.run} busy={change.isBusy}>
            {words.cancelJob}
          </Button>
        ) : null}
        {job.state === 'cancelled' ? (
          <Button onClick={change.run} busy={change.isBusy}>
            {words.resume}
          </Button>
        ) : null}
        {job.state === 'finished' && isPreview && matched > 0 && filter !== undefined ? (
          <Button kind="danger primary" onClick={() => setIsConfirming(true)}>
            {words.revokeNow(matched)}
          </Button>
        ) : null}
      </span>
      {job.state === 'finished' && isPreview && filter === undefined ? (
        <p class="notice warn">{words.filterGone}</p>
      ) : null}
      {isConfirming && filter !== undefined ? (
        <ConfirmDialog job={job} filter={filter} onClose={() => setIsConfirming(false)} />
      ) : null}
    </>
  );
}
