import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Me } from '../api/types.js';
import icon from '../icon.svg';
import { texts } from '../texts.js';
import { Button } from '../ui/Button.js';
import { Icon } from '../ui/Icon.js';
import type { Page } from './pages.js';
import { linkTo } from './route.js';
import { ThemeButton } from './ThemeButton.js';

interface ShellProperties {
  me: Me;
  pages: readonly Page[];
  /** Name of the page in the navigation that is shown. */
  current: string | undefined;
  /** Where the operator is; a change moves the focus to the content. */
  place: string;
  onSignOut: () => void;
  children: ComponentChildren;
}

/** Header, navigation and the place of the content. */
export function Shell({ me, pages, current, place, onSignOut, children }: ShellProperties) {
  const [isOpen, setIsOpen] = useState(false);
  const main = useRef<HTMLElement>(null);
  const isFirst = useRef(true);
  useEffect(() => {
    setIsOpen(false);
    if (isFirst.current) {
      isFirst.current = false;
      return;
    }
    scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [place]);
  return (
    <>
      <button
        type="button"
        class="skip"
        onClick={() => {
          main.current?.focus();
        }}
      >
        {texts.skip}
      </button>
      <div class="shell">
        <header class="header">
          <span class="menu-button">
            <button
              type="button"
              class="button plain"
              aria-label={texts.menu}
              aria-expanded={isOpen}
              aria-controls="navigation"
              onClick={() => setIsOpen(!isOpen)}
            >
              <Icon name={isOpen ? 'close' : 'menu'} />
            </button>
          </span>
          <a class="brand" href={linkTo('')}>
            <img src={icon} alt="" />
            {texts.name}
          </a>
          <span class="spread" />
          <span class="operator" title={me.id}>
            {me.name}
          </span>
          <ThemeButton />
          <Button kind="plain" label={texts.signIn.signOut} onClick={onSignOut}>
            <Icon name="leave" />
            <span class="wide-only">{texts.signIn.signOut}</span>
          </Button>
        </header>
        <nav id="navigation" class={isOpen ? 'nav open' : 'nav'} aria-label={texts.navigation}>
          <ul>
            {pages
              .filter((page) => page.icon !== undefined)
              .map((page) => (
                <li key={page.name}>
                  <a href={linkTo(page.name)} aria-current={page.name === current ? 'page' : undefined}>
                    {page.icon === undefined ? null : <Icon name={page.icon} />}
                    {page.title}
                  </a>
                </li>
              ))}
          </ul>
        </nav>
        <main class="main" ref={main} tabIndex={-1}>
          {children}
        </main>
      </div>
    </>
  );
}
