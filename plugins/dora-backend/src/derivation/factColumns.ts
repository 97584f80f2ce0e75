import { canonicalJson } from '@waymark/plugin-dora-common';
import type { FactRow } from './Job';

type Value = string | number | Buffer | undefined;

/** A column of `facts`, and its value for a row. @internal */
export interface Column {
  readonly name: string;
  readonly type: string;
  readonly of: (row: FactRow) => Value;
}

const at = (millis: number | undefined) =>
  millis === undefined ? undefined : new Date(millis).toISOString();

/** Those of the primary key come first. @internal */
export const FACT_TABLE: readonly Column[] = [
  { name: 'deployment_id', type: 'bigint', of: row => row.deploymentId },
  { name: 'view', type: 'text', of: row => row.view },
  { name: 'service_id', type: 'int', of: row => row.serviceId },
  { name: 'finished_at', type: 'timestamptz', of: row => at(row.finishedAt) },
  { name: 'flags', type: 'smallint', of: row => row.flags },
  { name: 'changes_after', type: 'int', of: row => row.changesAfter },
  { name: 'environment', type: 'text', of: row => row.environment },
  { name: 'lead_seconds', type: 'bytea', of: row => row.lead },
  { name: 'lead_more', type: 'bytea', of: row => row.leadMore },
  { name: 'impact_at', type: 'timestamptz', of: row => at(row.impactAt) },
  { name: 'recovered_at', type: 'timestamptz', of: row => at(row.recoveredAt) },
  { name: 'role', type: 'text', of: row => row.role },
  { name: 'revision', type: 'text', of: row => row.revision },
  { name: 'rollout_id', type: 'text', of: row => row.rolloutId },
  {
    name: 'reasons',
    type: 'jsonb',
    of: row => row.reasons && JSON.stringify(row.reasons),
  },
  {
    name: 'touches',
    type: 'bigint[]',
    of: row => row.touches && `{${row.touches.join(',')}}`,
  },
];

/** Tells rows apart; the order of the keys in `reasons` says nothing. @internal */
export function contentOf(row: FactRow): string {
  const { reasons, ...rest } = row;
  return [
    ...FACT_TABLE.filter(({ name }) => name !== 'reasons').map(({ of }) => {
      const value = of(rest);
      return Buffer.isBuffer(value) ? value.toString('hex') : value;
    }),
    canonicalJson(reasons ?? null),
  ].join('\n');
}
