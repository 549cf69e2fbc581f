import { useCallback, useState } from 'preact/hooks';
import type { JobKind } from '../../api/types.js';
import { useAction } from '../../api/useAction.js';
import { useSession } from '../../app/context.js';
import { goTo } from '../../app/route.js';
import { isReason, usualReason } from '../../sessions/reason.js';
import { texts } from '../../texts.js';
import { ActionFault } from '../../ui/ActionFault.js';
import { Button } from '../../ui/Button.js';
import { Choice, Field, Segments } from '../../ui/Field.js';
import { type FilterFields, filterOf, noFields } from './filter.js';
import { remember } from './previewed.js';

const kinds: readonly JobKind[] = ['revoke', 'count', 'export'];

/** The conditions of a new job. A revoke begins as a preview. */
export function FilterForm() {
  const { api } = useSession();
  const words = texts.incident;
  const [kind, setKind] = useState<JobKind>('revoke');
  const [fields, setFields] = useState(noFields);
  const [reason, setReason] = useState(usualReason);
  const [fault, setFault] = useState<string>();
  const start = useAction(
    useCallback(async () => {
      const filter = filterOf(fields);
      const job = await api.startJob(kind === 'revoke' ? { kind, filter, dryRun: true, reason } : { kind, filter });
      remember(job, filter);
      goTo('incident', { job: job.id });
    }, [api, fields, kind, reason]),
  );
  const bind = <K extends keyof FilterFields>(name: K) => ({
    value: fields[name],
    onInput: (value: string) => setFields({ ...fields, [name]: value }),
  });
  return (
    <form
      class="card"
      onSubmit={(event) => {
        event.preventDefault();
        const isEmpty = Object.keys(filterOf(fields)).length === 0;
        setFault(isEmpty ? words.noFilter : undefined);
        if (!isEmpty && (kind !== 'revoke' || isReason(reason))) {
          start.run();
        }
      }}
    >
      <div class="card-head">
        <h2>{words.newJob}</h2>
        <Segments
          label={words.action}
          value={kind}
          options={kinds.map((value) => ({ value, label: words.actions[value] }))}
          onChange={setKind}
        />
      </div>
      <p class="quiet">{words.actionText[kind]}</p>
      <fieldset class="field">
        <legend>{words.filter}</legend>
        <div class="fields">
          <Field label={words.addresses} hint={words.addressesHint} rows={3} {...bind('addresses')} />
          <Field label={words.userIds} hint={words.userIdsHint} rows={3} {...bind('userIds')} />
          <Field label={words.createdFrom} type="datetime-local" {...bind('createdFrom')} />
          <Field label={words.createdBefore} type="datetime-local" {...bind('createdBefore')} />
          <Field label={words.seenFrom} type="datetime-local" {...bind('lastSeenFrom')} />
          <Field label={words.seenBefore} type="datetime-local" {...bind('lastSeenBefore')} />
          <Field label={words.userAgent} {...bind('userAgentContains')} />
          <Field label={words.client} {...bind('client')} />
          <Choice
            label={words.assurance}
            value={fields.assuranceBelow}
            options={[
              { value: '', label: words.anyLevel },
              { value: 'aal2', label: 'aal2' },
              { value: 'aal3', label: 'aal3' },
            ]}
            onChange={(assuranceBelow) => setFields({ ...fields, assuranceBelow })}
          />
          <Field label={words.method} hint={words.methodHint} {...bind('methodMissing')} />
        </div>
      </fieldset>
      {kind === 'revoke' ? (
        <Field
          label={texts.session.reasonField}
          hint={texts.session.reasonHint}
          value={reason}
          onInput={setReason}
          fault={isReason(reason) ? undefined : texts.session.reasonFault}
        />
      ) : null}
      {fault === undefined ? null : (
        <p class="notice bad" role="alert">
          {fault}
        </p>
      )}
      <ActionFault failure={start.failure} />
      <span class="actions">
        <Button kind="primary" submits busy={start.isBusy}>
          {words.start[kind]}
        </Button>
      </span>
    </form>
  );
}
