import type { MaintenanceJob } from '../../api/types.js';
import { texts } from '../../texts.js';

/** Malformed rows that the last rebuild found. */
export function QuarantineCard({ rebuild }: { rebuild: MaintenanceJob }) {
  const words = texts.maintenance;
  const malformed = rebuild.counts['malformed'] ?? 0;
  return (
    <section class="card">
      <h2>{words.quarantine}</h2>
      <p class="quiet">{words.quarantineText}</p>
      {malformed === 0 ? (
        <p>{words.quarantineNone}</p>
      ) : (
        <dl class="facts">
          <dt>{words.malformed}</dt>
          <dd>{texts.number(malformed)}</dd>
          <dt>{words.quarantined}</dt>
          <dd>{texts.number(rebuild.counts['quarantined'] ?? 0)}</dd>
        </dl>
      )}
    </section>
  );
}
