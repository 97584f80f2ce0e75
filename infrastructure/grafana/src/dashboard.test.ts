import { readFileSync } from 'node:fs';
import { parser } from '@prometheus-io/lezer-promql';
import { dashboardFile, dashboardText } from './dashboardFile';
import { expressions } from './expressions';

const GAUGES = [
  'dora_deployments',
  'dora_change_lead_time_seconds',
  'dora_change_fail_rate',
  'dora_recovery_time_seconds',
  'dora_rework_rate',
];

/** What PromQL's own grammar stumbles over. */
function syntaxErrors(promql: string): string[] {
  const errors: string[] = [];
  parser.parse(promql).iterate({
    enter: ({ type, from, to }) => {
      if (type.isError) errors.push(promql.slice(from, to + 10));
    },
  });
  return errors;
}

describe('the DORA dashboard', () => {
  it('stands in dashboards/dora.json as it is generated (yarn generate)', () => {
    expect(readFileSync(dashboardFile, 'utf8')).toBe(dashboardText());
  });

  it.each(expressions())('asks what PromQL can parse: $where', ({ promql }) => {
    expect(syntaxErrors(promql)).toEqual([]);
    expect(promql).not.toContain('$');
  });

  it('is checked by a parser that finds errors', () => {
    expect(syntaxErrors('sum(dora_deployments{)')).not.toEqual([]);
  });

  it('shows all five metrics, and no series that nobody serves', () => {
    const asked = new Set(
      expressions().flatMap(({ promql }) => promql.match(/\bdora_\w+/g) ?? []),
    );
    expect([...asked].sort()).toEqual([...GAUGES].sort());
  });
});
