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
  const { ended } = preview.value;
  return (
    <EndDialog
      title={title}
      button={words.confirm(ended)}
      isEmpty={ended === 0}
      onClose={onClose}
      end={async (reason) => {
        const done = await api.endUser(userId, reason);
        tell(words.done(done.ended));
        onDone();
      }}
    >
      <p>{words.preview(ended)}</p>
      <Preview sessions={preview.value.sessions ?? []} />
    </EndDialog>
  );
}

function Preview({ sessions }: { sessions: NonNullable<EndedCount['sessions']> }) {
  return sessions.length === 0 ? null : (
    <ul class="preview">
      {sessions.map((session) => (
        <li key={session.sid}>
          <span>{nameOf(session)}</span> <Moment instant={session.lastSeenAt} />
        </li>
      ))}
    </ul>
  );
}
