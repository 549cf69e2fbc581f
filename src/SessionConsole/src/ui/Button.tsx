import type { ComponentChildren } from 'preact';

interface ButtonProperties {
  children: ComponentChildren;
  onClick?: () => void;
  kind?: 'primary' | 'danger' | 'danger primary' | 'plain';
  small?: boolean;
  /** Keeps the focus, unlike `disabled`, and says to a screen reader that nothing happens on a click. */
  busy?: boolean;
  submits?: boolean;
  label?: string;
}

/** A button. While `busy` it stays where the focus is and does nothing. */
export function Button({ children, onClick, kind, small, busy = false, submits = false, label }: ButtonProperties) {
  return (
    <button
      type={submits ? 'submit' : 'button'}
      class={`button${kind === undefined ? '' : ` ${kind}`}${small ? ' small' : ''}`}
      aria-disabled={busy}
      aria-label={label}
      onClick={(event) => {
        if (busy) {
          event.preventDefault();
          return;
        }
        onClick?.();
      }}
    >
      {children}
    </button>
  );
}
