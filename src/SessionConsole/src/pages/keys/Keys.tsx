import { useLoad } from '../../api/useLoad.js';
import { useSession } from '../../app/context.js';
import { PageHead } from '../../app/PageHead.js';
import { texts } from '../../texts.js';
import { Badge } from '../../ui/Badge.js';
import { Moment } from '../../ui/Moment.js';
import { Show } from '../../ui/States.js';
import { Table } from '../../ui/Table.js';

/** The key ring: ids, states and ages. No key is ever sent to a browser. */
export function Keys() {
  const { api } = useSession();
  const overview = useLoad('overview', (signal) => api.overview(signal));
  const words = texts.keys;
  return (
    <>
      <PageHead title={texts.pages.keys} text={words.text} />
      <Show of={overview}>
        {({ keys }) => (
          <section class="card">
            <Table
              label={words.list}
              rows={keys}
              keyOf={(key) => String(key.id)}
              columns={[
                { title: words.columns.id, cell: (key) => texts.overview.key(key.id) },
                {
                  title: words.columns.state,
                  cell: (key) =>
                    key.state === 'active' ? (
                      <Badge kind="good">{words.states.active}</Badge>
                    ) : (
                      <Badge>{words.states.read}</Badge>
                    ),
                },
                {
                  title: words.columns.since,
                  cell: (key) => (key.since === null ? words.before : <Moment instant={key.since} full />),
                },
              ]}
            />
            <p class="quiet">{words.rotate}</p>
          </section>
        )}
      </Show>
    </>
  );
}
