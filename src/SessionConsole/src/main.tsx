import './styles/tokens.css';
import './styles/base.css';
import './styles/shell.css';
import './styles/controls.css';
import './styles/content.css';
import { render } from 'preact';
import { type Configuration, readConfiguration } from './api/configuration.js';
import { App } from './app/App.js';
import { applyTheme, readTheme } from './app/theme.js';
import { keptCredential, signInWithCode, takeCode } from './sign-in/development.js';
import type { SignedIn } from './sign-in/operator.js';
import { texts } from './texts.js';
import { FailureState } from './ui/States.js';

applyTheme(readTheme());
await start();

async function start(): Promise<void> {
  const root = document.getElementById('app');
  if (root === null) {
    return;
  }
  try {
    const configuration = await readConfiguration();
    const { operator, notice } = await resume(configuration);
    render(<App configuration={configuration} initial={operator} notice={notice} />, root);
  } catch {
    render(
      <main class="outside">
        <FailureState failure={{ kind: 'unavailable' }} onRetry={() => location.reload()} />
      </main>,
      root,
    );
  }
}

async function resume(configuration: Configuration): Promise<{ operator?: SignedIn | undefined; notice?: string }> {
  if (configuration.development) {
    const code = takeCode();
    const operator = code === undefined ? keptCredential() : await signInWithCode(code);
    if (operator !== undefined || code !== undefined) {
      return operator === undefined ? { notice: texts.signIn.codeUsed } : { operator };
    }
  }
  if (configuration.entra !== undefined) {
    const { resumeEntra } = await import('./sign-in/entra.js');
    return { operator: await resumeEntra(configuration.entra) };
  }
  return {};
}
