import { type Failure, textOf } from '../api/failure.js';

interface ActionFaultProperties {
  failure: Failure | undefined;
  /** Whether the action only reads. */
  isRead?: boolean;
}

/** Says beside a button why its action failed. */
export function ActionFault({ failure, isRead = false }: ActionFaultProperties) {
  return failure === undefined ? null : (
    <p class="notice bad" role="alert">
      {textOf(failure, isRead)}
    </p>
  );
}
