import { useCallback, useState } from 'preact/hooks';
import { type Failure, failureOf } from './failure.js';

/** A change that an operator asks for: whether it is on its way, and why the last one failed. */
export interface Action {
  isBusy: boolean;
  failure: Failure | undefined;
  run: () => void;
}

/** Makes an action of a call. It is never sent twice at a time. */
export function useAction(call: () => Promise<void>): Action {
  const [state, setState] = useState<{ isBusy: boolean; failure?: Failure | undefined }>({ isBusy: false });
  const run = useCallback(() => {
    if (state.isBusy) {
      return;
    }
    setState({ isBusy: true });
    call().then(
      () => setState({ isBusy: false }),
      (error) => setState({ isBusy: false, failure: failureOf(error) }),
    );
  }, [call, state.isBusy]);
  return { isBusy: state.isBusy, failure: state.failure, run };
}
