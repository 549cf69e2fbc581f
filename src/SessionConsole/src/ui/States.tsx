import type { ComponentChildren } from 'preact';
import type { Failure } from '../api/failure.js';
import type { Loaded } from '../api/useLoad.js';
import { texts } from '../texts.js';
import { Button } from './Button.js';
import { Icon, type IconName } from './Icon.js';

interface StateProperties {
  icon: IconName;
  title: string;
  text: string;
  children?: ComponentChildren;
}

/** What stands in place of content that is not there. */
export function State({ icon, title, text, children }: StateProperties) {
  return (
    <div class="state">
      <Icon name={icon} />
      <h2>{title}</h2>
      <p>{text}</p>
      {children}
    </div>
  );
}

/** Says why something could not be loaded, and what to do. */
export function FailureState({ failure, onRetry }: { failure: Failure; onRetry: () => void }) {
  const said =
    failure.kind === 'refused' ? { ...texts.failures.refused, text: failure.message } : texts.failures[failure.kind];
  return (
    <div class="card" role="alert">
      <State icon={failure.kind === 'unavailable' ? 'offline' : failure.kind === 'absent' ? 'empty' : 'lock'} {...said}>
        {failure.kind === 'unavailable' || failure.kind === 'refused' ? (
          <Button onClick={onRetry}>{texts.failures.retry}</Button>
        ) : null}
      </State>
    </div>
  );
}

/** Shows a value as soon as it is here; until then a placeholder, or why there is none. */
export function Show<T>({ of, children }: { of: Loaded<T>; children: (value: T) => ComponentChildren }) {
  if (of.failure !== undefined && (of.value === undefined || of.failure.kind !== 'unavailable')) {
    return <FailureState failure={of.failure} onRetry={of.reload} />;
  }
  if (of.value === undefined) {
    return (
      <div class="card" aria-busy="true">
        <p class="visually-hidden" role="status">
          {texts.loading}
        </p>
        <div class="skeleton" aria-hidden="true">
          <i />
          <i />
          <i />
        </div>
      </div>
    );
  }
  return (
    <>
      {of.failure === undefined ? null : <Stale onRetry={of.reload} />}
      {children(of.value)}
    </>
  );
}

function Stale({ onRetry }: { onRetry: () => void }) {
  return (
    <div class="notice warn" role="alert">
      <span>{texts.failures.stale}</span>
      <Button small onClick={onRetry}>
        {texts.failures.retry}
      </Button>
    </div>
  );
}
