import type { ComponentChildren } from 'preact';

/** A state in a word; its colour says nothing that the word does not. */
export function Badge({ kind, children }: { kind?: 'good' | 'warn' | 'bad'; children: ComponentChildren }) {
  return <span class={`badge${kind === undefined ? '' : ` ${kind}`}`}>{children}</span>;
}
