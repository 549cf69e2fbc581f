import { useState } from 'preact/hooks';
import { texts } from '../texts.js';
import { Button } from '../ui/Button.js';
import { Icon } from '../ui/Icon.js';
import { applyTheme, readTheme, themes } from './theme.js';

/** Goes through the colours: as the machine has them, light, dark. */
export function ThemeButton() {
  const [theme, setTheme] = useState(readTheme);
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system';
  return (
    <Button
      kind="plain"
      label={texts.theme.label(texts.theme[theme])}
      onClick={() => {
        applyTheme(next);
        setTheme(next);
      }}
    >
      <Icon name={theme} />
      <span class="wide-only">{texts.theme[theme]}</span>
    </Button>
  );
}
