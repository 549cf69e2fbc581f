import { texts } from '../texts.js';

/** An instant: how long ago, or when. */
export function Moment({ instant, full = false }: { instant: string; full?: boolean }) {
  return (
    <time dateTime={instant} title={full ? texts.ago(instant) : texts.moment(instant)}>
      {full ? texts.moment(instant) : texts.ago(instant)}
    </time>
  );
}
