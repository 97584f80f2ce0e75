import type { Knex } from 'knex';
import type { DoraConfig } from '../../config';
import { query, type SqlValue } from '../../facts/query';
import { millis } from './FactReader';
import { timestamp, type Sql } from './where';

/** What is counted beside the facts. @internal */
export interface Weaknesses {
  /** Of the scope, in milliseconds since 1970. */
  readonly firstEventAt?: number;
  readonly incidentSourceHeard: boolean;
  readonly unlinkedIncidents: number;
  readonly sampleDeployments: number;
}

/** Reads what may weaken the numbers of a window. @internal */
export class FindingReader {
  constructor(private readonly database: Knex) {}

  async read(
    serviceIds: readonly number[] | undefined,
    window: { readonly from: number; readonly to: number },
    { sampleSource }: Pick<DoraConfig, 'sampleSource'>,
  ): Promise<Weaknesses> {
    const of = (column: string) =>
      serviceIds ? `${column} = any(?::int[])` : 'true';
    const ids: SqlValue[] = serviceIds ? [serviceIds] : [];
    const range = [timestamp(window.from), timestamp(window.to)];
    const samples = countSamples(sampleSource, {
      condition: of('d.service_id'),
      values: [...range, ...ids],
    });
    const [row] = await query<WeaknessRecord>(
      this.database,
      `SELECT
        (SELECT ${millis('min(s.first_event_at)')} FROM services s WHERE ${of(
        's.id',
      )}) AS first_event_at,
        (EXISTS (SELECT FROM incidents) OR EXISTS (SELECT FROM webhook_deliveries WHERE source IN ('pagerduty', 'alertmanager'))) AS heard,
        (SELECT count(*)::int FROM incident_facts i WHERE i.deployment_id IS NULL AND i.view = ''
          AND i.opened_at >= ? AND i.opened_at < ? AND ${of(
            'i.service_id',
          )}) AS unlinked,
        ${samples.text} AS samples`,
      [...[...ids, ...range, ...ids], ...samples.values],
    );
    return {
      firstEventAt: row.first_event_at ?? undefined,
      incidentSourceHeard: row.heard,
      unlinkedIncidents: row.unlinked,
      sampleDeployments: row.samples,
    };
  }
}

/** Deployments that are made up; looked for only where there are events of that source. */
function countSamples(
  source: string | undefined,
  scope: { readonly condition: string; readonly values: readonly SqlValue[] },
): Sql {
  if (source === undefined) return { text: '0', values: [] };
  return {
    text: `CASE WHEN EXISTS (SELECT FROM events WHERE source = ?) THEN (
          SELECT count(*)::int FROM deployments d
          WHERE d.source = ? AND d.finished_at >= ? AND d.finished_at < ? AND ${scope.condition}) ELSE 0 END`,
    values: [source, source, ...scope.values],
  };
}

interface WeaknessRecord {
  readonly first_event_at: number | null;
  readonly heard: boolean;
  readonly unlinked: number;
  readonly samples: number;
}
