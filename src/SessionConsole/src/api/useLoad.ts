import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { type Failure, failureOf } from './failure.js';

/** A value from the API: on its way, here, or not to be had. A reload keeps the old value in sight. */
export type Loaded<T> = { value?: T; failure?: Failure; isLoading: boolean; reload: () => void };

/** Loads a value when the page opens, when `key` changes, and every `everyMs` while the page is in sight. */
export function useLoad<T>(key: string, load: (signal: AbortSignal) => Promise<T>, everyMs?: number): Loaded<T> {
  const [state, setState] = useState<{ key: string; value?: T; failure?: Failure; isLoading: boolean }>({
    key,
    isLoading: true,
  });
  const [turn, setTurn] = useState(0);
  const isUnderWay = useRef(false);
  const latest = useRef(load);
  latest.current = load;

  useEffect(() => {
    const stop = new AbortController();
    isUnderWay.current = true;
    setState((old) => (old.key === key ? { ...old, isLoading: true } : { key, isLoading: true }));
    latest.current(stop.signal).then(
      (value) => {
        if (!stop.signal.aborted) {
          isUnderWay.current = false;
          setState({ key, value, isLoading: false });
        }
      },
      (error) => {
        if (!stop.signal.aborted) {
          isUnderWay.current = false;
          const failure = failureOf(error);
          setState((old) => ({ ...old, key, failure, isLoading: false }));
        }
      },
    );
    return () => stop.abort();
  }, [key, turn]);

  const reload = useCallback(() => setTurn((old) => old + 1), []);
  useEffect(() => {
    if (everyMs === undefined) {
      return;
    }
    // An answer that takes longer than the interval is waited for.
    const timer = setInterval(() => document.hidden || isUnderWay.current || reload(), everyMs);
    return () => clearInterval(timer);
  }, [everyMs, reload]);

  const current = state.key === key ? state : { isLoading: true };
  return { ...current, reload };
}
