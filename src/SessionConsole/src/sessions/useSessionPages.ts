import type { SessionListItem } from '@session-functions/client';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { type Failure, failureOf } from '../api/failure.js';
import type { SessionPage } from '../api/types.js';

/** Pages of sessions, loaded one after another as they are scrolled to. */
export interface SessionPages {
  sessions: readonly SessionListItem[] | undefined;
  failure: Failure | undefined;
  hasMore: boolean;
  more: () => void;
  reload: () => void;
}

type Load = (continuation: string | undefined, signal: AbortSignal) => Promise<SessionPage>;

/** Loads the first page at once. A reload keeps the old rows in sight until the new ones are here. */
export function useSessionPages(key: string, load: Load): SessionPages {
  const [state, setState] = useState<{
    key: string;
    sessions?: readonly SessionListItem[];
    continuation?: string | undefined;
    failure?: Failure;
  }>({ key });
  const [turn, setTurn] = useState(0);
  const running = useRef<AbortController | undefined>(undefined);
  const latest = useRef(load);
  latest.current = load;

  const read = useCallback(
    (continuation: string | undefined, before: readonly SessionListItem[]) => {
      running.current?.abort();
      const stop = new AbortController();
      running.current = stop;
      latest.current(continuation, stop.signal).then(
        (page) => {
          running.current = undefined;
          setState({ key, sessions: [...before, ...page.sessions], continuation: page.continuation });
        },
        (error) => {
          if (!stop.signal.aborted) {
            running.current = undefined;
            const failure = failureOf(error);
            setState((old) => ({ ...old, key, failure }));
          }
        },
      );
    },
    [key],
  );

  useEffect(() => {
    read(undefined, []);
    return () => running.current?.abort();
  }, [read, turn]);

  const current = state.key === key ? state : { key };
  const more = useCallback(() => {
    if (running.current === undefined && current.continuation !== undefined && current.failure === undefined) {
      read(current.continuation, current.sessions ?? []);
    }
  }, [current.continuation, current.failure, current.sessions, read]);

  return {
    sessions: current.sessions,
    failure: current.failure,
    hasMore: current.continuation !== undefined,
    more,
    reload: useCallback(() => setTurn((old) => old + 1), []),
  };
}
