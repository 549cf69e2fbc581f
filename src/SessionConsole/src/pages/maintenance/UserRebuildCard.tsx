import { useCallback, useState } from 'preact/hooks';
import { useAction } from '../../api/useAction.js';
import { useSession } from '../../app/context.js';
import { texts } from '../../texts.js';
import { ActionFault } from '../../ui/ActionFault.js';
import { Button } from '../../ui/Button.js';
import { Field } from '../../ui/Field.js';
import { useNotices } from '../../ui/Notices.js';

/** Rebuilds the indexes of one user. */
export function UserRebuildCard() {
  const { api } = useSession();
  const tell = useNotices();
  const words = texts.maintenance;
  const [userId, setUserId] = useState('');
  const [fault, setFault] = useState<string>();
  const rebuild = useAction(
    useCallback(async () => {
      const run = await api.rebuild(userId);
      tell(words.userDone(run.drift));
    }, [api, userId, tell, words]),
  );
  return (
    <section class="card">
      <h2>{words.user}</h2>
      <p class="quiet">{words.userText}</p>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          setFault(userId === '' ? words.userFault : undefined);
          if (userId !== '') {
            rebuild.run();
          }
        }}
      >
        <Field label={words.userId} value={userId} onInput={setUserId} fault={fault} />
        <ActionFault failure={rebuild.failure} />
        <span class="actions">
          <Button submits busy={rebuild.isBusy}>
            {words.userButton}
          </Button>
        </span>
      </form>
    </section>
  );
}
