import type { AuditVerification } from '../../api/types.js';
import { texts } from '../../texts.js';
import { Badge } from '../../ui/Badge.js';
import { Table } from '../../ui/Table.js';

const faults = ['altered', 'missing', 'apart', 'heads'] as const;

/** What a verification looked at, and whether it found a fault. */
export function AuditResult({ found }: { found: AuditVerification }) {
  const words = texts.audit;
  const isBroken = faults.some((fault) => found[fault] > 0);
  const state = isBroken ? 'broken' : found.finished ? 'intact' : 'unfinished';
  const kinds = { intact: 'good', broken: 'bad', unfinished: 'warn' } as const;
  return (
    <div class="stack">
      <p>
        <Badge kind={kinds[state]}>{words.states[state]}</Badge> {words[state]}
      </p>
      {isBroken && !found.finished ? <p>{words.unfinished}</p> : null}
      <dl class="facts">
        {(['chains', 'records', 'actions', ...faults] as const).map((name) => [
          <dt key={`${name}-name`}>{words.counts[name]}</dt>,
          <dd key={name} class="number">
            {texts.number(found[name])}
          </dd>,
        ])}
      </dl>
      {isBroken ? <Findings of={found.findings} /> : null}
    </div>
  );
}

function Findings({ of: findings }: { of: AuditVerification['findings'] }) {
  const words = texts.audit;
  return findings === undefined ? (
    <p class="quiet">{words.brokenWhere}</p>
  ) : (
    <Table
      label={words.findings}
      rows={findings}
      keyOf={(finding) => `${finding.fault} ${finding.number}`}
      columns={[
        { title: words.columns.fault, cell: (finding) => words.faults[finding.fault] },
        { title: words.columns.number, cell: (finding) => texts.number(finding.number), isNumber: true },
        { title: words.columns.count, cell: (finding) => texts.number(finding.count), isNumber: true },
      ]}
    />
  );
}
