import type { SessionListItem } from '@session-functions/client';
import { useState } from 'preact/hooks';
import { useLoad } from '../../api/useLoad.js';
import { useSession } from '../../app/context.js';
import { PageHead } from '../../app/PageHead.js';
import { EndSessionDialog } from '../../sessions/EndSessionDialog.js';
import { nameOf } from '../../sessions/SessionRows.js';
import { Timeline } from '../../sessions/Timeline.js';
import { texts } from '../../texts.js';
import { Button } from '../../ui/Button.js';
import { FailureState, Show } from '../../ui/States.js';
import { SessionFacts } from './SessionFacts.js';

/** One session: what is known of it, its timeline, and its end. */
export function SessionDetail({ parameters }: { parameters: URLSearchParams }) {
  const { api } = useSession();
  const sid = parameters.get('sid') ?? '';
  const session = useLoad(sid, (signal) => api.session(sid, signal));
  const [isEnding, setIsEnding] = useState(false);
  const shown = session.value ?? undefined;
  return (
    <>
      <PageHead title={shown === undefined ? texts.pages.session : nameOf(shown)}>
        {shown?.state === 'live' ? (
          <Button kind="danger" onClick={() => setIsEnding(true)}>
            {texts.session.end}
          </Button>
        ) : null}
      </PageHead>
      <Show of={session}>
        {(value: SessionListItem | null) =>
          value === null ? (
            <FailureState failure={{ kind: 'absent' }} onRetry={session.reload} />
          ) : (
            <>
              <SessionFacts session={value} />
              <Timeline
                id={`${sid} ${value.state}`}
                load={(continuation, signal) => api.sessionTimeline(sid, continuation, signal)}
              />
            </>
          )
        }
      </Show>
      {isEnding && shown !== undefined ? (
        <EndSessionDialog
          sid={sid}
          name={nameOf(shown)}
          onClose={() => setIsEnding(false)}
          onEnded={() => {
            setIsEnding(false);
            session.reload();
          }}
        />
      ) : null}
    </>
  );
}
