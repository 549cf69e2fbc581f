import type { SessionListItem } from '@session-functions/client';
import type { ComponentChildren } from 'preact';
import { linkTo } from '../../app/route.js';
import { stateCell } from '../../sessions/SessionRows.js';
import { texts } from '../../texts.js';
import { CopyButton } from '../../ui/CopyButton.js';
import { Moment } from '../../ui/Moment.js';

/** What is known of a session and its device. Claims and data are for services; an operator does not see them. */
export function SessionFacts({ session }: { session: SessionListItem }) {
  const words = texts.session;
  const { device } = session;
  return (
    <div class="columns">
      <section class="card">
        <h2>{words.facts}</h2>
        <Facts
          facts={[
            [words.columns.state, stateCell(session)],
            [
              words.user,
              session.userId === null ? (
                words.anonymous
              ) : (
                <a href={linkTo('user', { userId: session.userId })}>{session.userId}</a>
              ),
            ],
            [
              words.sid,
              <span class="copyable">
                <code>{session.sid}</code>
                <CopyButton text={session.sid} label={words.copySid} />
              </span>,
            ],
            [words.created, <Moment instant={session.createdAt} full />],
            [words.seen, <Moment instant={session.lastSeenAt} full />],
            ...(session.state === 'live'
              ? ([
                  [words.idleEnd, <Moment instant={session.idleExpiresAt} full />],
                  [words.absoluteEnd, <Moment instant={session.absoluteExpiresAt} full />],
                ] as const)
              : ([
                  [
                    words.endedAt,
                    session.endedAt === undefined ? texts.unknown : <Moment instant={session.endedAt} full />,
                  ],
                  [words.reason, session.endReason ?? texts.unknown],
                ] as const)),
            [words.assurance, session.assuranceLevel],
            [words.authenticated, <Moment instant={session.authenticatedAt} full />],
            [words.methods, session.authenticationMethods?.join(', ') ?? texts.unknown],
            [words.persistent, session.persistent ? texts.yes : texts.no],
            ...(session.actor === undefined ? [] : ([[words.actor, actorOf(session.actor)]] as const)),
          ]}
        />
      </section>
      {device === undefined ? null : (
        <section class="card">
          <h2>{words.device}</h2>
          <Facts
            facts={[
              [words.deviceName, device.name ?? texts.unknown],
              [words.userAgent, device.userAgent ?? texts.unknown],
              [words.address, device.ipAddress ?? texts.unknown],
              [words.lastAddress, device.lastIpAddress ?? texts.unknown],
            ]}
          />
        </section>
      )}
    </div>
  );
}

function Facts({ facts }: { facts: readonly (readonly [string, ComponentChildren])[] }) {
  return (
    <dl class="facts">
      {facts.map(([name, value]) => [<dt key={`${name}-name`}>{name}</dt>, <dd key={name}>{value}</dd>])}
    </dl>
  );
}

function actorOf(actor: NonNullable<SessionListItem['actor']>): string {
  return Object.values(actor).join(' · ');
}
