/** Colours that an operator chose; `system` follows the machine. */
export type Theme = 'system' | 'light' | 'dark';

export const themes: readonly Theme[] = ['system', 'light', 'dark'];

const place = 'session-console.theme';

/** The choice of this browser. */
export function readTheme(): Theme {
  try {
    const kept = localStorage.getItem(place);
    return themes.find((theme) => theme === kept) ?? 'system';
  } catch {
    return 'system';
  }
}

/** Applies a choice, and keeps it where the browser lets us. */
export function applyTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
  try {
    localStorage.setItem(place, theme);
  } catch {
    // A browser that keeps nothing shows the choice until the page is closed.
  }
}
