import type { SessionListItem } from '@session-functions/client';
import { texts } from '../texts.js';
import { FailureState, Show, State } from '../ui/States.js';
import { SessionRows } from './SessionRows.js';
import type { SessionPages } from './useSessionPages.js';

interface SessionListProperties {
  label: string;
  pages: SessionPages;
  empty: { title: string; text: string };
  withUser?: boolean;
  onEnd?: (session: SessionListItem) => void;
}

/** Pages of sessions as one list, with what stands in its place while there is none. */
export function SessionList({ label, pages, empty, withUser, onEnd }: SessionListProperties) {
  const { sessions, failure, hasMore, more, reload } = pages;
  if (sessions === undefined) {
    return failure === undefined ? (
      <Show of={{ isLoading: true, reload }}>{() => null}</Show>
    ) : (
      <FailureState failure={failure} onRetry={reload} />
    );
  }
  if (sessions.length === 0 && !hasMore) {
    return (
      <section class="card">
        <State icon="empty" {...empty} />
      </section>
    );
  }
  return (
    <>
      <p class="quiet" role="status">
        {texts.user.loaded(sessions.length, hasMore)}
      </p>
      {failure === undefined ? null : <FailureState failure={failure} onRetry={reload} />}
      <SessionRows
        label={label}
        sessions={sessions}
        {...(withUser === undefined ? {} : { withUser })}
        {...(onEnd === undefined ? {} : { onEnd })}
        onMore={hasMore ? more : undefined}
      />
    </>
  );
}
