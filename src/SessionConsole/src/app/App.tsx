import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Api } from '../api/Api.js';
import type { Configuration } from '../api/configuration.js';
import type { Me } from '../api/types.js';
import { useLoad } from '../api/useLoad.js';
import type { SignedIn } from '../sign-in/operator.js';
import { SignIn } from '../sign-in/SignIn.js';
import { texts } from '../texts.js';
import { Notices } from '../ui/Notices.js';
import { FailureState, Show, State } from '../ui/States.js';
import { SessionContext } from './context.js';
import { PageHead } from './PageHead.js';
import { pagesOf } from './pages.js';
import { linkTo, useRoute } from './route.js';
import { Shell } from './Shell.js';

interface AppProperties {
  configuration: Configuration;
  /** Who was signed in when the page opened. */
  initial: SignedIn | undefined;
  /** What to say to whoever is not. */
  notice: string | undefined;
}

/** The console: the sign-in, or the pages of whoever is signed in. */
export function App({ configuration, initial, notice }: AppProperties) {
  const [signedIn, setSignedIn] = useState(initial);
  const [said, setSaid] = useState(notice);
  if (signedIn === undefined) {
    return <SignIn configuration={configuration} notice={said} onSignedIn={setSignedIn} />;
  }
  const leave = (text: string) => {
    setSaid(text);
    setSignedIn(undefined);
    void signedIn.signOut();
  };
  return (
    <Operator
      configuration={configuration}
      signedIn={signedIn}
      onExpired={() => leave(texts.signIn.expired)}
      onSignOut={() => leave(texts.signIn.signedOut)}
    />
  );
}

interface OperatorProperties {
  configuration: Configuration;
  signedIn: SignedIn;
  onExpired: () => void;
  onSignOut: () => void;
}

function Operator({ configuration, signedIn, onExpired, onSignOut }: OperatorProperties) {
  const expired = useRef(onExpired);
  expired.current = onExpired;
  const api = useMemo(
    () => new Api(configuration.apiUrl, signedIn.credential, () => expired.current()),
    [configuration, signedIn],
  );
  const me = useLoad('me', (signal) => api.me(signal));
  if (me.failure?.kind === 'forbidden') {
    return (
      <main class="outside">
        <FailureState failure={me.failure} onRetry={me.reload} />
      </main>
    );
  }
  if (me.value === undefined) {
    return (
      <main class="outside">
        <Show of={me}>{() => null}</Show>
      </main>
    );
  }
  return (
    <SessionContext.Provider value={{ api, me: me.value }}>
      <Notices>
        <Pages me={me.value} onSignOut={onSignOut} />
      </Notices>
    </SessionContext.Provider>
  );
}

function Pages({ me, onSignOut }: { me: Me; onSignOut: () => void }) {
  const route = useRoute();
  const allowed = pagesOf(me);
  const page =
    allowed.find((candidate) => candidate.name === route.page) ?? (route.page === '' ? allowed[0] : undefined);
  const title = page?.title ?? texts.pages.none;
  useEffect(() => {
    document.title = `${title} · ${texts.name}`;
  }, [title]);
  const Content = page?.component;
  return (
    <Shell
      me={me}
      pages={allowed}
      current={page?.parent ?? page?.name}
      place={`${route.page}?${route.parameters}`}
      onSignOut={onSignOut}
    >
      {Content === undefined ? (
        <>
          <PageHead title={title} />
          <div class="card" role="alert">
            <State icon="empty" title={texts.pages.noneTitle} text={texts.pages.noneText}>
              <a class="button" href={linkTo('')}>
                {texts.pages.toFirst}
              </a>
            </State>
          </div>
        </>
      ) : (
        <Content parameters={route.parameters} />
      )}
    </Shell>
  );
}
