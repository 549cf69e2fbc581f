import { useCallback, useState } from 'preact/hooks';
import type { Job, JobFilter } from '../../api/types.js';
import { useAction } from '../../api/useAction.js';
import { useSession } from '../../app/context.js';
import { goTo } from '../../app/route.js';
import { usualReason } from '../../sessions/reason.js';
import { texts } from '../../texts.js';
import { ActionFault } from '../../ui/ActionFault.js';
import { Button } from '../../ui/Button.js';
import { Dialog } from '../../ui/Dialog.js';
import { Field } from '../../ui/Field.js';
import { remember } from './previewed.js';

interface ConfirmDialogProperties {
  /** The preview. */
  job: Job;
  filter: JobFilter;
  onClose: () => void;
}

/** Starts the revoke of a preview once its number of matches was typed. */
export function ConfirmDialog({ job, filter, onClose }: ConfirmDialogProperties) {
  const { api } = useSession();
  const words = texts.incident;
  const { matched } = job.progress;
  const [typed, setTyped] = useState('');
  const [fault, setFault] = useState<string>();
  const revoke = useAction(
    useCallback(async () => {
      const started = await api.startJob({ kind: 'revoke', filter, dryRun: false, reason: job.reason ?? usualReason });
      remember(started, filter);
      goTo('incident', { job: started.id });
    }, [api, filter, job.reason]),
  );
  return (
    <Dialog
      title={words.confirmTitle(matched)}
      onClose={onClose}
      onSubmit={() => {
        const isRight = typed.trim() === String(matched);
        setFault(isRight ? undefined : words.confirmFault(matched));
        if (isRight) {
          revoke.run();
        }
      }}
    >
      <p class="quiet">{words.confirmText}</p>
      <Field label={words.confirmField(matched)} value={typed} onInput={setTyped} fault={fault} />
      <ActionFault failure={revoke.failure} />
      <div class="actions">
        <Button onClick={onClose}>{texts.cancel}</Button>
        <Button kind="danger primary" submits busy={revoke.isBusy}>
          {words.confirm}
        </Button>
      </div>
    </Dialog>
  );
}
