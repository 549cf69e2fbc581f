import type { EndedCount } from '@session-functions/client';
import { useLoad } from '../../api/useLoad.js';
import { useSession } from '../../app/context.js';
import { EndDialog } from '../../sessions/EndDialog.js';
import { nameOf } from '../../sessions/SessionRows.js';
import { texts } from '../../texts.js';
import { Button } from '../../ui/Button.js';
import { Dialog } from '../../ui/Dialog.js';
import { Moment } from '../../ui/Moment.js';
import { useNotices } from '../../ui/Notices.js';
import { Show } from '../../ui/States.js';

interface SignOutDialogProperties {
  userId: string;
  onClose: () => void;
  onDone: () => void;
}

/** Shows what would end, then signs a user out everywhere. */
export function SignOutDialog({ userId, onClose, onDone }: SignOutDialogProperties) {
  const { api } = useSession();
  const tell = useNotices();
  const words = texts.user;
  const title = words.signOutTitle(userId);
  const preview = useLoad(userId, (signal) => api.previewEndUser(userId, signal));
  if (preview.value === undefined) {
    return (
      <Dialog title={title} onClose={onClose}>
        <Show of={preview}>{() => null}</Show>
        <div class="actions">
          <Button onClick={onClose}>{texts.cancel}</Button>
        </div>
      </Dialog>
    );
  }
  const sessions = preview.value.sessions ?? [];
  return (
    <EndDialog
      title={title}
      button={words.confirm(sessions.length)}
      isEmpty={sessions.length === 0}
      onClose={onClose}
      end={async (reason) => {
        const done = await api.endUser(userId, reason);
        tell(words.done(done.ended));
        onDone();
      }}
    >
      <p>{words.preview(sessions.length)}</p>
      <Preview sessions={sessions} />
    </EndDialog>
  );
}

function Preview({ sessions }: { sessions: NonNullable<EndedCount['sessions']> }) {
  return sessions.length === 0 ? null : (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard (WCAG 2.1.1)
    <section class="preview" tabIndex={0} aria-label={texts.user.previewed}>
      <ul>
        {sessions.map((session) => (
          <li key={session.sid}>
            <span>{nameOf(session)}</span> <Moment instant={session.lastSeenAt} />
          </li>
        ))}
      </ul>
    </section>
  );
}
