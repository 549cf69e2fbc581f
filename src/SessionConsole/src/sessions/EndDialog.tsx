import type { ComponentChildren } from 'preact';
import { useCallback, useRef, useState } from 'preact/hooks';
import { useAction } from '../api/useAction.js';
import { texts } from '../texts.js';
import { ActionFault } from '../ui/ActionFault.js';
import { Button } from '../ui/Button.js';
import { Dialog } from '../ui/Dialog.js';
import { Field } from '../ui/Field.js';
import { isReason, usualReason } from './reason.js';

interface EndDialogProperties {
  title: string;
  /** Text of the button that ends. */
  button: string;
  children: ComponentChildren;
  /** Whether there is nothing to end. */
  isEmpty?: boolean;
  end: (reason: string) => Promise<void>;
  onClose: () => void;
}

/** Asks for a reason, and ends. It stays open when that fails. */
export function EndDialog({ title, button, children, isEmpty = false, end, onClose }: EndDialogProperties) {
  const [reason, setReason] = useState(usualReason);
  const latest = useRef(end);
  latest.current = end;
  const action = useAction(useCallback(() => latest.current(reason), [reason]));
  const isRight = isReason(reason);
  return (
    <Dialog title={title} onClose={onClose} onSubmit={() => (isRight && !isEmpty ? action.run() : undefined)}>
      {children}
      {isEmpty ? null : (
        <Field
          label={texts.session.reasonField}
          hint={texts.session.reasonHint}
          value={reason}
          onInput={setReason}
          fault={isRight ? undefined : texts.session.reasonFault}
        />
      )}
      <ActionFault failure={action.failure} />
      <div class="actions">
        <Button onClick={onClose}>{isEmpty ? texts.close : texts.cancel}</Button>
        {isEmpty ? null : (
          <Button kind="danger primary" submits busy={action.isBusy || !isRight}>
            {button}
          </Button>
        )}
      </div>
    </Dialog>
  );
}
