import { texts } from '../texts.js';
import { Button } from './Button.js';
import { Icon } from './Icon.js';
import { useNotices } from './Notices.js';

/** Copies a text. It is not there where the browser has no clipboard, as without HTTPS. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const tell = useNotices();
  return navigator.clipboard === undefined ? null : (
    <Button
      small
      kind="plain"
      label={label}
      onClick={() => {
        navigator.clipboard.writeText(text).then(
          () => tell(texts.copied),
          () => tell(texts.notCopied, 'warn'),
        );
      }}
    >
      <Icon name="copy" />
    </Button>
  );
}
