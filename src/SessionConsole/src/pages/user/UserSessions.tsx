import type { SessionListItem } from '@session-functions/client';
import { useState } from 'preact/hooks';
import { useSession } from '../../app/context.js';
import { PageHead } from '../../app/PageHead.js';
import { EndSessionDialog } from '../../sessions/EndSessionDialog.js';
import { SessionList } from '../../sessions/SessionList.js';
import { nameOf } from '../../sessions/SessionRows.js';
import { Timeline } from '../../sessions/Timeline.js';
import { useSessionPages } from '../../sessions/useSessionPages.js';
import { texts } from '../../texts.js';
import { Button } from '../../ui/Button.js';
import { CopyButton } from '../../ui/CopyButton.js';
import { Segments } from '../../ui/Field.js';
import { SignOutDialog } from './SignOutDialog.js';

const states = ['all', 'live', 'ended'] as const;
type State = (typeof states)[number];

const pageSize = 100;

/** Every session of a user. */
export function UserSessions({ parameters }: { parameters: URLSearchParams }) {
  const { api } = useSession();
  const words = texts.user;
  const userId = parameters.get('userId') ?? '';
  const [state, setState] = useState<State>('all');
  const [ending, setEnding] = useState<SessionListItem>();
  const [isSigningOut, setIsSigningOut] = useState(false);
  const [endings, setEndings] = useState(0);
  const pages = useSessionPages(`${state} ${userId}`, (continuation, signal) =>
    api.find({ userId, state, pageSize, continuation }, signal),
  );
  const afterEnd = () => {
    setEndings(endings + 1);
    pages.reload();
  };
  return (
    <>
      <PageHead title={userId} text={words.text} beside={<CopyButton text={userId} label={words.copy} />}>
        <Button kind="danger" onClick={() => setIsSigningOut(true)}>
          {words.signOut}
        </Button>
      </PageHead>
      <Segments
        label={words.filter}
        value={state}
        options={states.map((value) => ({ value, label: words.filters[value] }))}
        onChange={setState}
      />
      <SessionList
        label={words.list(userId)}
        pages={pages}
        empty={{ title: words.empty, text: words.emptyText }}
        onEnd={setEnding}
      />
      <Timeline
        id={`${userId} ${endings}`}
        load={(continuation, signal) => api.userTimeline(userId, continuation, signal)}
        withSession
      />
      {ending === undefined ? null : (
        <EndSessionDialog
          sid={ending.sid}
          name={nameOf(ending)}
          onClose={() => setEnding(undefined)}
          onEnded={() => {
            setEnding(undefined);
            afterEnd();
          }}
        />
      )}
      {isSigningOut ? (
        <SignOutDialog
          userId={userId}
          onClose={() => setIsSigningOut(false)}
          onDone={() => {
            setIsSigningOut(false);
            afterEnd();
          }}
        />
      ) : null}
    </>
  );
}
