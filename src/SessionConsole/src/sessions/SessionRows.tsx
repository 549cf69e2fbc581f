import type { SessionListItem } from '@session-functions/client';
import { linkTo } from '../app/route.js';
import { texts } from '../texts.js';
import { Badge } from '../ui/Badge.js';
import { Button } from '../ui/Button.js';
import { Moment } from '../ui/Moment.js';
import { VirtualRows } from '../ui/VirtualRows.js';

interface SessionRowsProperties {
  label: string;
  sessions: readonly SessionListItem[];
  /** Whether each row tells whose session it is. */
  withUser?: boolean;
  /** Ends a live session; absent where sessions are only looked at. */
  onEnd?: (session: SessionListItem) => void;
  /** Loads more; absent when there is no more. */
  onMore?: (() => void) | undefined;
}

/** A list of sessions of any length. */
export function SessionRows({ label, sessions, withUser = false, onEnd, onMore }: SessionRowsProperties) {
  const words = texts.session;
  const user = {
    title: words.user,
    width: '18%',
    cell: (session: SessionListItem) =>
      session.userId === null ? (
        <span class="quiet">{words.anonymous}</span>
      ) : (
        <a href={linkTo('user', { userId: session.userId })}>{session.userId}</a>
      ),
  };
  return (
    <VirtualRows
      label={label}
      rows={sessions}
      keyOf={(session) => session.sid}
      onEnd={onMore}
      columns={[
        ...(withUser ? [user] : []),
        { title: words.columns.device, width: '26%', cell: deviceCell },
        { title: words.columns.state, width: '20%', cell: stateCell },
        { title: words.columns.seen, width: '16%', cell: (session) => <Moment instant={session.lastSeenAt} /> },
        { title: words.columns.address, width: '20%', cell: addressCell },
        ...(onEnd === undefined
          ? []
          : [
              {
                title: words.columns.actions,
                width: '9.5rem',
                cell: (session: SessionListItem) =>
                  session.state === 'live' ? (
                    <Button
                      small
                      kind="danger"
                      label={`${words.end}: ${nameOf(session)}`}
                      onClick={() => onEnd(session)}
                    >
                      {words.end}
                    </Button>
                  ) : null,
              },
            ]),
      ]}
    />
  );
}

/** What a person calls a session. */
export function nameOf({ device, state }: Pick<SessionListItem, 'device' | 'state'>): string {
  return device?.name ?? (state === 'ended' ? texts.session.endedName : texts.session.unnamed);
}

/** The state of a session, and why it ended. */
export function stateCell(session: SessionListItem) {
  return session.state === 'live' ? (
    <Badge kind="good">{texts.session.states.live}</Badge>
  ) : (
    <span>
      <Badge>{texts.session.states.ended}</Badge>{' '}
      <span class="quiet" title={session.endReason}>
        {session.endReason}
      </span>
    </span>
  );
}

function deviceCell(session: SessionListItem) {
  return (
    <a href={linkTo('session', { sid: session.sid })} title={session.device?.userAgent ?? nameOf(session)}>
      {nameOf(session)}
    </a>
  );
}

function addressCell({ device, state }: SessionListItem) {
  const address = device?.lastIpAddress ?? device?.ipAddress;
  return address ? (
    <span title={address}>{address}</span>
  ) : (
    <span class="quiet">{state === 'ended' ? texts.session.notKept : texts.unknown}</span>
  );
}
