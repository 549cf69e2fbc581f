import type { ComponentChildren } from 'preact';

interface PageHeadProperties {
  title: string;
  text?: string;
  children?: ComponentChildren;
}

/** Title of a page, with what an operator can do for all of it. */
export function PageHead({ title, text, children }: PageHeadProperties) {
  return (
    <div class="page-head">
      <div>
        <h1>{title}</h1>
        {text === undefined ? null : <p>{text}</p>}
      </div>
      {children === undefined ? null : <div class="actions">{children}</div>}
    </div>
  );
}
