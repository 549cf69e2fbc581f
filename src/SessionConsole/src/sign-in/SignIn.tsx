import { useState } from 'preact/hooks';
import type { Configuration } from '../api/configuration.js';
import icon from '../icon.svg';
import { texts } from '../texts.js';
import { Button } from '../ui/Button.js';
import { Field } from '../ui/Field.js';
import { signInWithCredential } from './development.js';
import type { SignedIn } from './operator.js';

interface SignInProperties {
  configuration: Configuration;
  notice: string | undefined;
  onSignedIn: (operator: SignedIn) => void;
}

/** The door: Entra ID where it is set up, and the operator key of a development machine. */
export function SignIn({ configuration, notice, onSignedIn }: SignInProperties) {
  const [key, setKey] = useState('');
  const [fault, setFault] = useState<string>();
  const { entra, development } = configuration;
  return (
    <main class="outside">
      <div class="card">
        <p class="brand">
          <img src={icon} alt="" />
          {texts.name}
        </p>
        <h1>{texts.signIn.title}</h1>
        {notice === undefined ? null : (
          <p class="notice" role="alert">
            {notice}
          </p>
        )}
        {entra === undefined ? null : (
          <Button
            kind="primary"
            onClick={() => {
              import('./entra.js')
                .then(({ signInWithEntra }) => signInWithEntra(entra))
                .catch(() => setFault(texts.signIn.failed));
            }}
          >
            {texts.signIn.withEntra}
          </Button>
        )}
        {development ? (
          <form
            class="stack"
            onSubmit={(event) => {
              event.preventDefault();
              if (!key.trim().startsWith('ssk_')) {
                setFault(texts.signIn.notAKey);
                return;
              }
              onSignedIn(signInWithCredential(key.trim()));
            }}
          >
            <Field
              label={texts.signIn.key}
              hint={texts.signIn.keyHint}
              type="password"
              value={key}
              onInput={setKey}
              fault={fault}
            />
            <span class="actions">
              <Button kind={entra === undefined ? 'primary' : 'plain'} submits>
                {texts.signIn.withKey}
              </Button>
            </span>
          </form>
        ) : fault === undefined ? null : (
          <p class="notice bad" role="alert">
            {fault}
          </p>
        )}
        {entra === undefined && !development ? <p>{texts.signIn.notSetUp}</p> : null}
      </div>
    </main>
  );
}
