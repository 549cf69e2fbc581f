import { useEffect, useState } from 'preact/hooks';
import { type Failure, failureOf } from '../api/failure.js';
import type { TimelineEntry, TimelinePage } from '../api/types.js';
import { useSession } from '../app/context.js';
import { linkTo } from '../app/route.js';
import { texts } from '../texts.js';
import { ActionFault } from '../ui/ActionFault.js';
import { Button } from '../ui/Button.js';
import { Moment } from '../ui/Moment.js';

interface TimelineProperties {
  /** What the events are of, and its state; a change loads them anew. */
  id: string;
  load: (continuation: string | undefined, signal: AbortSignal) => Promise<TimelinePage>;
  /** Whether an event leads to its session. */
  withSession?: boolean;
  /** Title and text in place of those of a session or a user. */
  words?: { title: string; text: string };
  /** Any of them is enough to read it. */
  scopes?: readonly string[];
}

const scopesOfSessions = ['sessions.audit', 'sessions.support'];

/** What happened to a session or a user, or what operators did, for whoever may read it. Nothing where the audit is off. */
export function Timeline({ scopes = scopesOfSessions, ...properties }: TimelineProperties) {
  const { me } = useSession();
  const isAllowed = me.scopes.some((scope) => scopes.includes(scope));
  return me.features.audit && isAllowed ? <Entries key={properties.id} {...properties} /> : null;
}

function Entries({ load, withSession = false, words: own }: Omit<TimelineProperties, 'scopes'>) {
  const words = { ...texts.timeline, ...own };
  const [pages, setPages] = useState<readonly TimelinePage[]>([]);
  const [failure, setFailure] = useState<Failure>();
  const [wanted, setWanted] = useState(1);
  const continuation = pages.at(-1)?.continuation;
  useEffect(() => {
    if (pages.length >= wanted || failure !== undefined) {
      return;
    }
    const stop = new AbortController();
    load(continuation, stop.signal).then(
      (page) => stop.signal.aborted || setPages([...pages, page]),
      (error) => stop.signal.aborted || setFailure(failureOf(error)),
    );
    return () => stop.abort();
  }, [wanted, pages, continuation, failure]);

  // An event that is recorded between two pages is on both.
  const entries = [...new Map(pages.flatMap((page) => page.entries).map((entry) => [entry.id, entry])).values()];
  return (
    <section class="card">
      <div class="card-head">
        <h2>{words.title}</h2>
        <p>{words.text}</p>
      </div>
      <ActionFault failure={failure} isRead />
      {failure === undefined ? null : (
        <Button small onClick={() => setFailure(undefined)}>
          {texts.failures.retry}
        </Button>
      )}
      {pages.length > 0 && entries.length === 0 ? <p class="quiet">{words.empty}</p> : null}
      <ol class="timeline">
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} withSession={withSession} />
        ))}
      </ol>
      {continuation === undefined ? null : (
        <Button small onClick={() => setWanted(pages.length + 1)}>
          {words.more}
        </Button>
      )}
    </section>
  );
}

function Entry({ entry, withSession }: { entry: TimelineEntry; withSession: boolean }) {
  const words = texts.timeline;
  const { sid } = entry.data;
  return (
    <li>
      <strong>{nameOf(entry.type)}</strong>
      <span class="quiet">
        <Moment instant={entry.time} full />
        {detailsOf(entry.data).map((detail) => ` · ${detail}`)}
      </span>
      {withSession && typeof sid === 'string' ? <a href={linkTo('session', { sid })}>{words.session}</a> : null}
    </li>
  );
}

// An operator's action is named by the operation: operator.verify-audit.
function nameOf(type: string): string {
  const [, action] = type.split('operator.');
  return action === undefined
    ? (texts.timeline.types[type] ?? type)
    : action.charAt(0).toUpperCase() + action.slice(1).replaceAll('-', ' ');
}

function detailsOf(data: TimelineEntry['data']): readonly string[] {
  const words = texts.timeline;
  const told = (name: string, say: (value: string) => string) => {
    const value = data[name];
    return typeof value === 'string' ? [say(value)] : [];
  };
  return [
    ...told('actor', words.by),
    ...told('impersonator', words.actingAs),
    ...(Array.isArray(data['sids']) ? [words.ended(data['sids'])] : []),
    ...told('before', words.before),
    ...told('reason', words.reason),
    ...told('device', (device) => device),
    ...(data['client'] === data['actor'] ? [] : told('client', words.client)),
    ...told('acr', words.level),
    ...parametersOf(data['details']).map(([name, value]) => words.parameter(name, value)),
  ];
}

// What the request named. The caller is told already, by its id.
function parametersOf(details: unknown): readonly (readonly [string, string])[] {
  return typeof details === 'object' && details !== null
    ? Object.entries(details).filter(([name]) => name !== 'callerName')
    : [];
}
