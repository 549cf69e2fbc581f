import type { ComponentChildren } from 'preact';

interface TableProperties<T> {
  /** What a screen reader calls the table. */
  label: string;
  rows: readonly T[];
  keyOf: (row: T) => string;
  columns: readonly { title: string; cell: (row: T) => ComponentChildren; isNumber?: boolean }[];
}

/** A short table. A long list is `VirtualRows`. */
export function Table<T>({ label, rows, keyOf, columns }: TableProperties<T>) {
  return (
    <div class="scrolls">
      <table class="table stacks" aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th scope="col" key={column.title} class={column.isNumber ? 'number' : undefined}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map((column) => (
                <td key={column.title} data-title={column.title} class={column.isNumber ? 'number' : undefined}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
