import type { Overview as Shown } from '../../api/types.js';
import { useLoad } from '../../api/useLoad.js';
import { useSession } from '../../app/context.js';
import { PageHead } from '../../app/PageHead.js';
import { linkTo } from '../../app/route.js';
import { texts } from '../../texts.js';
import { Badge } from '../../ui/Badge.js';
import { Chart } from '../../ui/Chart.js';
import { Figure, Figures } from '../../ui/Figure.js';
import { Moment } from '../../ui/Moment.js';
import { Show } from '../../ui/States.js';

const everyMs = 10_000;

/** The deployment at a glance. */
export function Overview() {
  const { api } = useSession();
  const overview = useLoad('overview', (signal) => api.overview(signal), everyMs);
  return (
    <>
      <PageHead
        title={texts.pages.overview}
        {...(overview.value === undefined ? {} : { text: texts.overview.text(texts.moment(overview.value.at)) })}
      />
      <Show of={overview}>{(shown) => <Content shown={shown} />}</Show>
    </>
  );
}

function Content({ shown }: { shown: Shown }) {
  const words = texts.overview;
  const { sessions, hours, events, rebuild } = shown;
  const total = (of: 'created' | 'ended') => texts.number(hours.reduce((sum, hour) => sum + hour[of], 0));
  return (
    <>
      <Figures label={words.figures}>
        <Figure
          name={words.live}
          value={sessions.live === null ? '–' : texts.number(sessions.live)}
          note={sessions.countedAt === null ? words.notCounted : words.counted(texts.ago(sessions.countedAt))}
        />
        <Figure name={words.created} value={total('created')} />
        <Figure name={words.ended} value={total('ended')} />
        <Figure name={words.backlog} value={texts.duration(shown.backlogAgeSeconds)} note={words.backlogNote} />
        <Figure name={words.drift} value={texts.number(rebuild.drift)} note={words.driftNote} />
        <Figure
          name={words.cache}
          value={words.cacheStates[shown.cache.state]}
          note={words.cacheNotes[shown.cache.state]}
        />
        <Figure
          name={words.parked}
          value={events.enabled ? texts.events.parkedCount(events.parked, events.parkedIsMinimum) : '–'}
          note={events.enabled ? words.parkedNote : words.parkedOff}
        />
        <Figure name={words.jobs} value={texts.number(shown.jobs.running)} note={words.jobsNote} />
      </Figures>
      <section class="card">
        <div class="card-head">
          <h2>{words.perHour}</h2>
          <p>{words.perHourText}</p>
        </div>
        <Chart
          title={words.perHour}
          labels={hours.map((hour) => texts.hour(hour.hour))}
          series={[
            { name: words.seriesCreated, values: hours.map((hour) => hour.created) },
            { name: words.seriesEnded, values: hours.map((hour) => hour.ended) },
          ]}
        />
      </section>
      <div class="columns">
        <Deployment shown={shown} />
        <Targets shown={shown} />
      </div>
    </>
  );
}

function Deployment({ shown }: { shown: Shown }) {
  const words = texts.overview;
  const active = shown.keys.find((key) => key.state === 'active');
  return (
    <section class="card">
      <h2>{words.deployment}</h2>
      <dl class="facts">
        <dt>{words.version}</dt>
        <dd>{shown.version}</dd>
        <dt>{words.activeKey}</dt>
        <dd>
          <a href={linkTo('keys')}>
            {active === undefined
              ? texts.none
              : active.since === null
                ? words.key(active.id)
                : words.keySince(active.id, texts.ago(active.since))}
          </a>
        </dd>
        <dt>{words.revokeBefore}</dt>
        <dd>{shown.revokeBefore === null ? words.revokeBeforeNone : <Moment instant={shown.revokeBefore} />}</dd>
        <dt>{words.purge}</dt>
        <dd>{shown.purge.lastFinishedAt === null ? words.never : <Moment instant={shown.purge.lastFinishedAt} />}</dd>
        <dt>{words.rebuild}</dt>
        <dd>
          {shown.rebuild.lastFinishedAt === null ? words.never : <Moment instant={shown.rebuild.lastFinishedAt} />}
        </dd>
      </dl>
    </section>
  );
}

function Targets({ shown }: { shown: Shown }) {
  const { enabled, targets } = shown.events;
  return (
    <section class="card">
      <h2>{texts.overview.targets}</h2>
      {enabled && targets.length > 0 ? (
        <dl class="facts">
          {targets.map((target) => [
            <dt key={`${target.name}-name`}>{target.name}</dt>,
            <dd key={target.name}>
              <Badge kind={target.state === 'ok' ? 'good' : 'bad'}>{texts.events.states[target.state]}</Badge>
            </dd>,
          ])}
        </dl>
      ) : (
        <p class="quiet">{enabled ? texts.events.noTargetsText : texts.events.offText}</p>
      )}
    </section>
  );
}
