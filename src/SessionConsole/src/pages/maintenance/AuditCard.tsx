import { useCallback, useState } from 'preact/hooks';
import type { AuditVerification } from '../../api/types.js';
import { useAction } from '../../api/useAction.js';
import { useSession } from '../../app/context.js';
import { texts } from '../../texts.js';
import { ActionFault } from '../../ui/ActionFault.js';
import { Button } from '../../ui/Button.js';
import { Field } from '../../ui/Field.js';
import { AuditResult } from './AuditResult.js';

/** Verifies the chains of the audit: those of everybody, or that of one user. */
export function AuditCard() {
  const { me } = useSession();
  const words = texts.audit;
  return (
    <section class="card">
      <h2>{words.title}</h2>
      <p class="quiet">{me.features.audit ? words.text : words.off}</p>
      {me.features.audit ? <Verification /> : null}
    </section>
  );
}

function Verification() {
  const { api } = useSession();
  const words = texts.audit;
  const [userId, setUserId] = useState('');
  const [found, setFound] = useState<AuditVerification>();
  const verify = useAction(
    useCallback(async () => {
      setFound(undefined);
      setFound(await api.verifyAudit(userId === '' ? undefined : userId));
    }, [api, userId]),
  );
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        verify.run();
      }}
    >
      <Field label={words.onlyUser} hint={words.onlyUserHint} value={userId} onInput={setUserId} />
      <ActionFault failure={verify.failure} isRead />
      <span class="actions">
        <Button submits busy={verify.isBusy}>
          {words.verify}
        </Button>
      </span>
      <div role="status">
        {verify.isBusy ? <span class="quiet">{words.busy}</span> : null}
        {found === undefined ? null : <AuditResult found={found} />}
      </div>
    </form>
  );
}
