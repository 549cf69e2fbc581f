import type { ComponentChildren } from 'preact';

/** A row of figures. */
export function Figures({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <section class="figures" aria-label={label}>
      {children}
    </section>
  );
}

/** A number with its name, and a line that says what it means. */
export function Figure({ name, value, note }: { name: string; value: string; note?: string }) {
  return (
    <dl class="figure">
      <dt>{name}</dt>
      <dd class="value">{value}</dd>
      {note === undefined ? null : <dd class="note">{note}</dd>}
    </dl>
  );
}
