import { stringify } from 'csv-stringify/sync';
import type { DeploymentAnswer } from './wire';

type Cell = string | number | boolean | null;

const COLUMNS: readonly (readonly [string, (row: DeploymentAnswer) => Cell])[] =
  [
    ['service', row => row.service],
    ['environment', row => row.environment],
    ['source', row => row.source],
    ['deployment', row => row.externalId],
    ['status', row => row.status],
    ['revision', row => row.revision],
    ['version', row => row.version],
    ['started_at', row => row.startedAt],
    ['finished_at', row => row.finishedAt],
    ['rollout', row => row.rolloutId],
    ['counts', row => row.counts],
    ['role', row => row.role],
    ['failed', row => row.failed],
    ['failure_reasons', row => row.failures.join(' ')],
    ['rework', row => row.rework],
    ['rework_reasons', row => row.reworkReasons.map(r => r.code).join(' ')],
    ['changes_state', row => row.changes.state],
    ['changes', row => row.changes.count],
    ['lead_time_samples', row => row.changes.samples],
    ['median_lead_time_seconds', row => row.changes.medianSeconds],
    ['incidents', row => row.incidents.map(i => i.externalId).join(' ')],
    ['impact_at', row => row.recovery?.impactAt ?? null],
    ['recovered_at', row => row.recovery?.recoveredAt ?? null],
    ['recovery_seconds', row => row.recovery?.seconds ?? null],
    ['sample_data', row => row.sample],
    ['url', row => row.url],
  ];

/** The first line of the table. @internal */
export function csvHeader(): string {
  return write([COLUMNS.map(([name]) => name)]);
}

/** Deployments as lines of the table (RFC 4180). @internal */
export function csvLines(rows: readonly DeploymentAnswer[]): string {
  return write(rows.map(row => COLUMNS.map(([, of]) => cellOf(of(row)))));
}

function write(rows: readonly (readonly (string | number)[])[]): string {
  return stringify(
    rows.map(row => [...row]),
    { record_delimiter: 'windows' },
  );
}

/** What a spreadsheet would run as a formula is put behind an apostrophe. */
function cellOf(value: Cell): string | number {
  if (value === null) return '';
  if (typeof value !== 'string') {
    return typeof value === 'number' ? value : String(value);
  }
  return isFormula(value) ? `'${value}` : value;
}

/** Also behind what is not seen, and in the wide and small forms that spreadsheets read alike. */
function isFormula(value: string): boolean {
  const [unseen] = /^[\s\p{C}\p{Default_Ignorable_Code_Point}]*/u.exec(value)!;
  const first = value.charAt(unseen.length).normalize('NFKC');
  return /[\t\r\n]/.test(unseen) || /^[=+\-\u2212@|%]/.test(first);
}
