import type { SessionListItem } from '@session-functions/client';
import { useCallback } from 'preact/hooks';
import type { Job } from '../../api/types.js';
import { useAction } from '../../api/useAction.js';
import { useSession } from '../../app/context.js';
import { SessionRows } from '../../sessions/SessionRows.js';
import { useSessionPages } from '../../sessions/useSessionPages.js';
import { texts } from '../../texts.js';
import { ActionFault } from '../../ui/ActionFault.js';
import { Button } from '../../ui/Button.js';
import { FailureState } from '../../ui/States.js';

/** The matches of a job: a sample while it runs, then all of them. */
export function JobMatches({ job }: { job: Job }) {
  return job.state === 'running' ? <Sample sessions={job.sample ?? []} /> : <Result job={job} />;
}

function Sample({ sessions }: { sessions: readonly SessionListItem[] }) {
  return sessions.length === 0 ? null : (
    <>
      <h2>{texts.incident.matches}</h2>
      <SessionRows label={texts.incident.matches} sessions={sessions} withUser />
    </>
  );
}

function Result({ job }: { job: Job }) {
  const { api } = useSession();
  const words = texts.incident;
  const pages = useSessionPages(`${job.id} ${job.state}`, (continuation, signal) =>
    api.jobResult(job.id, continuation, signal),
  );
  const download = useAction(
    useCallback(async () => {
      const lines: string[] = [];
      let continuation: string | undefined;
      do {
        const page = await api.jobResult(job.id, continuation, new AbortController().signal);
        lines.push(...page.sessions.map((session) => `${JSON.stringify(session)}\n`));
        continuation = page.continuation;
      } while (continuation !== undefined);
      save(`${job.id}.ndjson`, new Blob(lines, { type: 'application/x-ndjson' }));
    }, [api, job.id]),
  );
  if (pages.sessions === undefined) {
    return pages.failure === undefined ? null : <FailureState failure={pages.failure} onRetry={pages.reload} />;
  }
  return pages.sessions.length === 0 ? null : (
    <>
      <div class="card-head">
        <h2>{words.matches}</h2>
        <span class="actions">
          <span class="quiet">{words.matchesText(pages.sessions.length, job.progress.matched)}</span>
          <Button small onClick={download.run} busy={download.isBusy}>
            {words.download}
          </Button>
        </span>
      </div>
      <ActionFault failure={download.failure} isRead />
      {pages.failure === undefined ? null : <FailureState failure={pages.failure} onRetry={pages.reload} />}
      <SessionRows
        label={words.matches}
        sessions={pages.sessions}
        withUser
        onMore={pages.hasMore ? pages.more : undefined}
      />
    </>
  );
}

function save(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
