import { useLoad } from '../../api/useLoad.js';
import { useSession } from '../../app/context.js';
import { PageHead } from '../../app/PageHead.js';
import { Timeline } from '../../sessions/Timeline.js';
import { texts } from '../../texts.js';
import { Show } from '../../ui/States.js';
import { AuditCard } from './AuditCard.js';
import { JobCard } from './JobCard.js';
import { QuarantineCard } from './QuarantineCard.js';
import { UserRebuildCard } from './UserRebuildCard.js';

/** Purge, rebuild, drift, quarantine, the audit, and what operators did. */
export function Maintenance() {
  const { api } = useSession();
  const status = useLoad('maintenance', (signal) => api.maintenance(signal), 5000);
  const words = texts.maintenance;
  return (
    <>
      <PageHead title={texts.pages.maintenance} text={words.text} />
      <Show of={status}>
        {({ purge, rebuild, backlogAgeSeconds }) => (
          <>
            <div class="columns">
              <JobCard
                title={words.purge}
                text={words.purgeText}
                button={words.purgeNow}
                job={purge}
                start={() => api.purge()}
                onDone={status.reload}
                facts={[[words.backlog, texts.duration(backlogAgeSeconds)]]}
              />
              <JobCard
                title={words.rebuild}
                text={words.rebuildText}
                button={words.rebuildNow}
                job={rebuild}
                start={() => api.rebuild()}
                onDone={status.reload}
                facts={[[words.drift, texts.number(rebuild.drift)]]}
              />
            </div>
            <div class="columns">
              <QuarantineCard rebuild={rebuild} />
              <UserRebuildCard />
            </div>
            <AuditCard />
            <Timeline
              id="operators"
              load={(continuation, signal) => api.operatorTimeline(continuation, signal)}
              words={texts.actions}
              scopes={['sessions.audit', 'sessions.operate']}
            />
          </>
        )}
      </Show>
    </>
  );
}
