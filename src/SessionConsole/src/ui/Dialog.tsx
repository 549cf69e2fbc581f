import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';

interface DialogProperties {
  title: string;
  children: ComponentChildren;
  onClose: () => void;
  onSubmit?: () => void;
}

/** A modal dialog of the platform: it keeps the focus inside, closes on Escape and gives the focus back. */
export function Dialog({ title, children, onClose, onSubmit }: DialogProperties) {
  const element = useRef<HTMLDialogElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    const opener = document.activeElement;
    const dialog = element.current;
    dialog?.showModal();
    return () => {
      dialog?.close();
      const back = opener?.isConnected ? opener : document.querySelector('main');
      if (back instanceof HTMLElement) {
        back.focus();
      }
    };
  }, []);
  return (
    <dialog
      ref={element}
      class="dialog"
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <form
        method="dialog"
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit?.();
        }}
      >
        <h2 id={id}>{title}</h2>
        {children}
      </form>
    </dialog>
  );
}
