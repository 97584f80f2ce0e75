import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEvent } from '../events';
import { computeMetrics } from './computeMetrics';

/*
 * The releases of two open-source projects as events. They are not part of the
 * repository: DORA_RELEASES names the folder that holds `<name>-releases.ndjson`.
 */
const folder = process.env.DORA_RELEASES;
const describeWithData = folder ? describe : describe.skip;

/** Year, deployments, lead time samples and their median in seconds, by an independent count. */
const EXPECTED: Record<string, readonly (readonly number[])[]> = {
  fastify: [
    [2016, 5, 42, 202508.5],
    [2017, 60, 863, 233562],
    [2018, 30, 485, 482565],
    [2019, 23, 388, 983924.5],
    [2020, 29, 470, 920823.5],
    [2021, 39, 407, 431626],
    [2022, 35, 497, 807856],
    [2023, 36, 376, 583050],
    [2024, 10, 366, 2613427.5],
    [2025, 12, 324, 1641297.5],
    [2026, 19, 264, 658263.5],
  ],
  hono: [
    [2021, 6, 54, 41456.5],
    [2022, 110, 664, 25991],
    [2023, 85, 595, 136739],
    [2024, 97, 791, 117893],
    [2025, 56, 299, 48310],
    [2026, 46, 290, 2088.5],
  ],
};

describeWithData('computeMetrics, of real releases', () => {
  const now = Date.parse('2026-12-31T00:00:00Z');
  const read = (name: string) =>
    readFileSync(join(folder!, `${name}-releases.ndjson`), 'utf8')
      .trim()
      .split('\n')
      .map(line => {
        const parsed = parseEvent(JSON.parse(line), now);
        if (!parsed.ok) throw new Error(parsed.message);
        return parsed.event;
      });

  it.each(Object.keys(EXPECTED))('answers year by year for %s', name => {
    const events = read(name);
    const years = EXPECTED[name].map(([year]) => {
      const window = { from: `${year}-01-01`, to: `${year + 1}-01-01` };
      const answer = computeMetrics({ events, service: name, window, now });
      expect(answer.changeFailRate.failed).toBe(0);
      expect(answer.deploymentReworkRate.rework).toBe(0);
      const { samples, medianSeconds } = answer.changeLeadTime;
      return [
        year,
        answer.deploymentFrequency.deployments,
        samples,
        medianSeconds,
      ];
    });
    expect(years).toEqual(EXPECTED[name]);
  });

  it('answers for all years by day in both at once', () => {
    const events = Object.keys(EXPECTED).flatMap(read);
    const window = { from: '2015-01-01', to: '2027-01-01' };
    const answer = computeMetrics({ events, window, now, interval: 'day' });
    expect(answer.changeLeadTime.samples).toBe(4482 + 2693);
    expect(answer.deploymentFrequency.deployments).toBe(298 + 400);
    expect(answer.findings.map(finding => finding.code)).toEqual([
      'window-cut',
      'incident-source-missing',
    ]);
  });
});
