import type { ComponentChildren } from 'preact';
import { createContext } from 'preact';
import { useCallback, useContext, useRef, useState } from 'preact/hooks';
import { texts } from '../texts.js';
import { Button } from './Button.js';
import { Icon } from './Icon.js';

type Tell = (text: string, kind?: 'good' | 'warn') => void;

const Context = createContext<Tell>(() => undefined);

/** Gives the function that tells an operator what happened. A notice stays until it is closed or three newer ones came. */
export function useNotices(): Tell {
  return useContext(Context);
}

export function Notices({ children }: { children: ComponentChildren }) {
  const [notices, setNotices] = useState<{ id: number; text: string; kind: 'good' | 'warn' }[]>([]);
  const next = useRef(0);
  const tell = useCallback<Tell>((text, kind = 'good') => {
    next.current += 1;
    const id = next.current;
    setNotices((old) => [...old.slice(-2), { id, text, kind }]);
  }, []);
  return (
    <Context.Provider value={tell}>
      {children}
      <div class="notices" role="status">
        {notices.map((notice) => (
          <div key={notice.id} class={`notice ${notice.kind}`}>
            <span>{notice.text}</span>
            <Button
              kind="plain"
              small
              label={texts.dismiss}
              onClick={() => setNotices((old) => old.filter((other) => other.id !== notice.id))}
            >
              <Icon name="close" />
            </Button>
          </div>
        ))}
      </div>
    </Context.Provider>
  );
}
