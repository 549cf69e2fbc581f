import { useEffect, useState } from 'preact/hooks';
import { type Failure, failureOf } from '../api/failure.js';
import type { TimelineEntry, TimelinePage } from '../api/types.js';
import { useSession } from '../app/context.js';
import { texts } from '../texts.js';
import { ActionFault } from '../ui/ActionFault.js';
import { Button } from '../ui/Button.js';
import { Moment } from '../ui/Moment.js';

interface TimelineProperties {
  /** What the events are of; a change loads them anew. */
  id: string;
  load: (continuation: string | undefined, signal: AbortSignal) => Promise<TimelinePage>;
}

const scope = 'sessions.audit';

/** What happened to a session or a user, for whoever may read the audit. Nothing where the audit is off. */
export function Timeline(properties: TimelineProperties) {
  const { me } = useSession();
  return me.features.audit && me.scopes.includes(scope) ? <Entries key={properties.id} {...properties} /> : null;
}

function Entries({ load }: TimelineProperties) {
  const words = texts.session;
  const [pages, setPages] = useState<readonly TimelinePage[]>([]);
  const [failure, setFailure] = useState<Failure>();
  const [wanted, setWanted] = useState(1);
  const continuation = pages.at(-1)?.continuation;
  useEffect(() => {
    if (pages.length >= wanted) {
      return;
    }
    const stop = new AbortController();
    load(continuation, stop.signal).then(
      (page) => stop.signal.aborted || setPages([...pages, page]),
      (error) => stop.signal.aborted || setFailure(failureOf(error)),
    );
    return () => stop.abort();
  }, [wanted, pages, continuation]);

  const entries = pages.flatMap((page) => page.entries);
  return (
    <section class="card">
      <div class="card-head">
        <h2>{words.timeline}</h2>
        <p>{words.timelineText}</p>
      </div>
      <ActionFault failure={failure} />
      {pages.length > 0 && entries.length === 0 ? <p class="quiet">{words.timelineEmpty}</p> : null}
      <ol class="timeline">
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ol>
      {continuation === undefined ? null : (
        <Button small onClick={() => setWanted(pages.length + 1)}>
          {words.timelineMore}
        </Button>
      )}
    </section>
  );
}

function Entry({ entry }: { entry: TimelineEntry }) {
  return (
    <li>
      <strong>{entry.type}</strong>
      <span class="quiet">
        <Moment instant={entry.time} full />
        {detailsOf(entry.data)}
      </span>
    </li>
  );
}

// Members that the page shows elsewhere say nothing here.
const elsewhere = ['sid', 'userId'];

function detailsOf(data: Record<string, unknown>): string {
  return Object.entries(data)
    .filter(([name, value]) => !elsewhere.includes(name) && value !== null)
    .map(([name, value]) => ` · ${name}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
    .join('');
}
