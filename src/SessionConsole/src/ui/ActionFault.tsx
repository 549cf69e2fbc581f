import { type Failure, textOf } from '../api/failure.js';

/** Says beside a button why its action failed. */
export function ActionFault({ failure }: { failure: Failure | undefined }) {
  return failure === undefined ? null : (
    <p class="notice bad" role="alert">
      {textOf(failure)}
    </p>
  );
}
