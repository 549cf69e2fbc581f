import { useCallback, useState } from 'preact/hooks';
import { useAction } from '../../api/useAction.js';
import { useSession } from '../../app/context.js';
import { texts } from '../../texts.js';
import { ActionFault } from '../../ui/ActionFault.js';
import { Button } from '../../ui/Button.js';
import { Dialog } from '../../ui/Dialog.js';
import { Field } from '../../ui/Field.js';
import { useNotices } from '../../ui/Notices.js';
import { instantOf } from './filter.js';

/** Ends every session that was created before an instant. */
export function RevokeBeforeCard() {
  const words = texts.incident;
  const [local, setLocal] = useState('');
  const [fault, setFault] = useState<string>();
  const [instant, setInstant] = useState<string>();
  return (
    <>
      <form
        class="card"
        onSubmit={(event) => {
          event.preventDefault();
          const given = instantOf(local);
          const isRight = given !== undefined && Date.parse(given) <= Date.now();
          setFault(isRight ? undefined : words.instantFault);
          setInstant(isRight ? given : undefined);
        }}
      >
        <h2>{words.before}</h2>
        <p class="quiet">{words.beforeText}</p>
        <Field label={words.instant} type="datetime-local" value={local} onInput={setLocal} fault={fault} />
        <span class="actions">
          <Button kind="danger" submits>
            {words.beforeButton}
          </Button>
        </span>
      </form>
      {instant === undefined ? null : <BeforeDialog instant={instant} onClose={() => setInstant(undefined)} />}
    </>
  );
}

function BeforeDialog({ instant, onClose }: { instant: string; onClose: () => void }) {
  const { api } = useSession();
  const tell = useNotices();
  const words = texts.incident;
  const [typed, setTyped] = useState('');
  const [fault, setFault] = useState<string>();
  const revoke = useAction(
    useCallback(async () => {
      const { effectiveBy } = await api.revokeBefore(instant);
      tell(words.beforeDone(texts.moment(effectiveBy)));
      onClose();
    }, [api, instant, onClose, tell, words]),
  );
  return (
    <Dialog
      title={words.beforeTitle}
      onClose={onClose}
      onSubmit={() => {
        const isRight = typed.trim() === words.beforeWord;
        setFault(isRight ? undefined : words.beforeFault);
        if (isRight) {
          revoke.run();
        }
      }}
    >
      <Field label={words.beforeConfirm(texts.moment(instant))} value={typed} onInput={setTyped} fault={fault} />
      <ActionFault failure={revoke.failure} />
      <div class="actions">
        <Button onClick={onClose}>{texts.cancel}</Button>
        <Button kind="danger primary" submits busy={revoke.isBusy}>
          {words.beforeNow}
        </Button>
      </div>
    </Dialog>
  );
}
