import { useCallback } from 'preact/hooks';
import type { Overview } from '../../api/types.js';
import { useAction } from '../../api/useAction.js';
import { useLoad } from '../../api/useLoad.js';
import { useSession } from '../../app/context.js';
import { PageHead } from '../../app/PageHead.js';
import { texts } from '../../texts.js';
import { ActionFault } from '../../ui/ActionFault.js';
import { Badge } from '../../ui/Badge.js';
import { Button } from '../../ui/Button.js';
import { useNotices } from '../../ui/Notices.js';
import { Show, State } from '../../ui/States.js';
import { Table } from '../../ui/Table.js';

/** Targets of events, and the events that none of them took. */
export function Events() {
  const { api } = useSession();
  const overview = useLoad('overview', (signal) => api.overview(signal), 10_000);
  return (
    <>
      <PageHead title={texts.pages.events} text={texts.events.text} />
      <Show of={overview}>
        {({ events }) => (events.enabled ? <Content events={events} onReplay={overview.reload} /> : <Off />)}
      </Show>
    </>
  );
}

function Off() {
  return (
    <section class="card">
      <State icon="empty" title={texts.events.off} text={texts.events.offText} />
    </section>
  );
}

function Content({ events, onReplay }: { events: Overview['events']; onReplay: () => void }) {
  const { api } = useSession();
  const tell = useNotices();
  const words = texts.events;
  const replay = useAction(
    useCallback(async () => {
      const { replayed } = await api.replayEvents();
      tell(words.replayed(replayed));
      onReplay();
    }, [api, tell, words, onReplay]),
  );
  return (
    <>
      <section class="card">
        <div class="card-head">
          <h2>{words.parked}</h2>
          <span class="number" data-testid="parked">
            {words.parkedCount(events.parked, events.parkedIsMinimum)}
          </span>
        </div>
        <p class="quiet">{words.parkedText}</p>
        <ActionFault failure={replay.failure} />
        <span class="actions">
          <Button onClick={replay.run} busy={replay.isBusy}>
            {words.replay}
          </Button>
        </span>
      </section>
      <section class="card">
        <h2>{words.targets}</h2>
        {events.targets.length === 0 ? (
          <State icon="empty" title={words.noTargets} text={words.noTargetsText} />
        ) : (
          <Table
            label={words.targets}
            rows={events.targets}
            keyOf={(target) => target.name}
            columns={[
              { title: words.columns.name, cell: (target) => target.name },
              {
                title: words.columns.types,
                cell: (target) => (target.types.length === 0 ? words.everyType : target.types.join(', ')),
              },
              {
                title: words.columns.state,
                cell: (target) => (
                  <Badge kind={target.state === 'ok' ? 'good' : 'bad'}>{words.states[target.state]}</Badge>
                ),
              },
            ]}
          />
        )}
      </section>
    </>
  );
}
