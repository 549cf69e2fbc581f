import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

interface Column<T> {
  title: string;
  /** Width in per cent or rem. */
  width: string;
  cell: (row: T) => ComponentChildren;
}

interface VirtualRowsProperties<T> {
  /** What a screen reader calls the list. */
  label: string;
  rows: readonly T[];
  columns: readonly Column<T>[];
  keyOf: (row: T, index: number) => string;
  /** Is called when the end comes into sight. */
  onEnd?: (() => void) | undefined;
}

const wideHeight = 60;
const narrowLine = 32;
const narrowPadding = 18;
const beyond = 8;
const narrowest = 680;

/** A table of any length. Only rows in sight are elements; below a width of 680 px a row stacks its cells. */
export function VirtualRows<T>({ label, rows, columns, keyOf, onEnd }: VirtualRowsProperties<T>) {
  const element = useRef<HTMLElement>(null);
  const [view, setView] = useState({ top: 0, height: 600, width: 1000 });
  useLayoutEffect(() => {
    const area = element.current;
    if (area === null) {
      return;
    }
    const read = () => setView({ top: area.scrollTop, height: area.clientHeight, width: area.clientWidth });
    const observer = new ResizeObserver(read);
    observer.observe(area);
    area.addEventListener('scroll', read, { passive: true });
    read();
    return () => {
      observer.disconnect();
      area.removeEventListener('scroll', read);
    };
  }, []);

  const isNarrow = view.width < narrowest;
  const height = isNarrow ? columns.length * narrowLine + narrowPadding : wideHeight;
  const first = Math.max(0, Math.floor(view.top / height) - beyond);
  const last = Math.min(rows.length, Math.ceil((view.top + view.height) / height) + beyond);
  const isAtEnd = last === rows.length;
  useLayoutEffect(() => {
    if (isAtEnd) {
      onEnd?.();
    }
  }, [isAtEnd, onEnd, rows.length]);

  const visible = rows.slice(first, last);
  // A row that leaves the page takes the focus with it; the list takes it over, so that the keyboard goes on from here.
  const hadFocus = element.current?.contains(document.activeElement) === true;
  useLayoutEffect(() => {
    const area = element.current;
    if (hadFocus && area !== null && !area.contains(document.activeElement)) {
      area.focus({ preventScroll: true });
    }
  });

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard (WCAG 2.1.1)
    <section class={isNarrow ? 'rows narrow' : 'rows'} ref={element} tabIndex={0} aria-label={label}>
      <table aria-label={label} aria-rowcount={rows.length + 1}>
        <thead class={isNarrow ? 'visually-hidden' : undefined}>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <th scope="col" key={column.title} style={{ width: column.width }}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Space height={first * height} />
          {visible.map((row, offset) => (
            <tr key={keyOf(row, first + offset)} aria-rowindex={first + offset + 2} style={{ height: `${height}px` }}>
              {columns.map((column) => (
                <td key={column.title} data-title={column.title}>
                  <span class="cell">{column.cell(row)}</span>
                </td>
              ))}
            </tr>
          ))}
          <Space height={(rows.length - last) * height} />
        </tbody>
      </table>
    </section>
  );
}

/** Stands for the rows that are out of sight. */
function Space({ height }: { height: number }) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: the row is empty and takes no focus
    <tr class="space" aria-hidden="true">
      <td style={{ height: `${height}px` }} />
    </tr>
  );
}
