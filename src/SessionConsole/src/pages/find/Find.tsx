import { useEffect, useRef, useState } from 'preact/hooks';
import { digestOf } from '../../api/digest.js';
import { type Failure, failureOf } from '../../api/failure.js';
import { useSession } from '../../app/context.js';
import { PageHead } from '../../app/PageHead.js';
import { goTo } from '../../app/route.js';
import { texts } from '../../texts.js';
import { ActionFault } from '../../ui/ActionFault.js';
import { Button } from '../../ui/Button.js';
import { Field, Segments } from '../../ui/Field.js';
import { State } from '../../ui/States.js';
import { isOfKind, kindOf, type SubjectKind } from './subject.js';

const kinds: readonly SubjectKind[] = ['user', 'sid', 'token'];

type Outcome = { state: 'none' } | { state: 'searching'; parts: number } | { state: 'absent'; kind: 'sid' | 'token' };

/** Finds sessions by a user id, a sid or a token. */
export function Find() {
  const { api } = useSession();
  const words = texts.find;
  const [kind, setKind] = useState<SubjectKind>('user');
  const [text, setText] = useState('');
  const [fault, setFault] = useState<string>();
  const [failure, setFailure] = useState<Failure>();
  const [outcome, setOutcome] = useState<Outcome>({ state: 'none' });
  const search = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => search.current?.abort(), []);

  const submit = async () => {
    const subject = text.trim();
    setFailure(undefined);
    setOutcome({ state: 'none' });
    if (!isOfKind(kind, subject)) {
      setFault(words.empty[kind]);
      return;
    }
    if (kind === 'user') {
      goTo('user', { userId: subject });
      return;
    }
    if (kind === 'token' && crypto.subtle === undefined) {
      setFault(words.insecure);
      return;
    }
    const stop = new AbortController();
    search.current = stop;
    const by = kind === 'sid' ? { sid: subject } : { tokenDigest: await digestOf(subject) };
    if (kind === 'token') {
      // What was pasted is not kept longer than it is needed.
      setText('');
    }
    let continuation: string | undefined;
    let parts = 0;
    do {
      parts += 1;
      setOutcome({ state: 'searching', parts });
      const page = await api.find({ ...by, continuation }, stop.signal);
      const found = page.sessions[0];
      if (found !== undefined) {
        goTo('session', { sid: found.sid });
        return;
      }
      continuation = page.continuation;
    } while (continuation !== undefined);
    setOutcome({ state: 'absent', kind });
  };

  return (
    <>
      <PageHead title={texts.pages.find} text={words.text} />
      <form
        class="card"
        onSubmit={(event) => {
          event.preventDefault();
          search.current?.abort();
          submit().catch((error) => {
            setOutcome({ state: 'none' });
            if (!search.current?.signal.aborted) {
              setFailure(failureOf(error));
            }
          });
        }}
      >
        <Segments
          label={words.kind}
          value={kind}
          options={kinds.map((value) => ({ value, label: words.kinds[value] }))}
          onChange={(value) => {
            setKind(value);
            setFault(undefined);
          }}
        />
        <Field
          label={words.labels[kind]}
          hint={words.hints[kind]}
          fault={fault}
          value={text}
          onInput={(value) => {
            setText(value);
            setFault(undefined);
            setKind(kindOf(value.trim()) ?? kind);
          }}
        />
        <ActionFault failure={failure} isRead />
        <div class="actions">
          <Button kind="primary" submits>
            {words.submit}
          </Button>
          {outcome.state === 'searching' ? (
            <>
              <Button onClick={() => search.current?.abort()}>{words.stop}</Button>
              <span role="status">{words.searching(outcome.parts)}</span>
            </>
          ) : null}
        </div>
      </form>
      <div role="status">
        {outcome.state === 'absent' ? (
          <section class="card">
            <State icon="empty" title={words.notFound} text={words.notFoundText[outcome.kind]} />
          </section>
        ) : null}
      </div>
    </>
  );
}
