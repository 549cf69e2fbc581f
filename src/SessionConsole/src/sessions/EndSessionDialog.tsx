import { useSession } from '../app/context.js';
import { texts } from '../texts.js';
import { useNotices } from '../ui/Notices.js';
import { EndDialog } from './EndDialog.js';

interface EndSessionDialogProperties {
  sid: string;
  /** What a person calls the session. */
  name: string;
  onClose: () => void;
  onEnded: () => void;
}

/** Ends one session. */
export function EndSessionDialog({ sid, name, onClose, onEnded }: EndSessionDialogProperties) {
  const { api } = useSession();
  const tell = useNotices();
  const words = texts.session;
  return (
    <EndDialog
      title={words.endTitle}
      button={words.end}
      onClose={onClose}
      end={async (reason) => {
        const { effectiveBy } = await api.endSession(sid, reason);
        tell(effectiveBy === undefined ? words.endedNow : words.endedBy(texts.moment(effectiveBy)));
        onEnded();
      }}
    >
      <p>
        <strong>{name}</strong>
      </p>
      <p class="quiet">{words.endText}</p>
    </EndDialog>
  );
}
