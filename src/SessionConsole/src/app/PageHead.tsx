import type { ComponentChildren } from 'preact';

interface PageHeadProperties {
  title: string;
  text?: string;
  /** What stands beside the title, such as a button that copies it. */
  beside?: ComponentChildren;
  children?: ComponentChildren;
}

/** Title of a page, with what an operator can do for all of it. */
export function PageHead({ title, text, beside, children }: PageHeadProperties) {
  return (
    <div class="page-head">
      <div>
        <div class="title">
          <h1>{title}</h1>
          {beside}
        </div>
        {text === undefined ? null : <p>{text}</p>}
      </div>
      {children === undefined ? null : <div class="actions">{children}</div>}
    </div>
  );
}
