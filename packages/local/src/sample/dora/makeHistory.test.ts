import {
  computeMetrics,
  parseDeploymentEvent,
  parseIncidentEvent,
} from '@waymark/plugin-dora-common';
import { makeHistory } from './makeHistory';
import { PROFILES } from './profiles';

const today = new Date('2026-11-20T15:00:00Z');
const head = 'c'.repeat(40);
const make = (day = today) =>
  makeHistory({ today: day, source: 'sample', heads: { checkout: head } });
const history = make();
const events = [...history.deployments, ...history.incidents];

const metricsOf = (service: string) =>
  computeMetrics({
    events,
    service: `component:default/${service}`,
    window: { from: '2026-08-22T00:00:00Z', to: '2026-11-20T00:00:00Z' },
    now: today,
  });

describe('makeHistory', () => {
  it('is the same every time, and moves with the day', () => {
    expect(make()).toEqual(history);
    const later = make(new Date('2026-11-21T03:00:00Z'));
    expect(later.deployments[0].changes![0].sha).toBe(
      history.deployments[0].changes![0].sha,
    );
    expect(later.deployments[0].finishedAt).not.toBe(
      history.deployments[0].finishedAt,
    );
  });

  it('makes valid events of its own source, in the past, each once', () => {
    const now = today.getTime();
    const parsed = [
      ...history.deployments.map(each => parseDeploymentEvent(each, now)),
      ...history.incidents.map(each => parseIncidentEvent(each, now)),
    ];
    expect(parsed.filter(({ ok }) => !ok)).toEqual([]);
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    expect(new Set(events.map(({ source }) => source))).toEqual(
      new Set(['sample']),
    );
    const instants = [
      ...history.deployments.map(({ finishedAt }) => finishedAt!),
      ...history.incidents.map(({ resolvedAt }) => resolvedAt!),
    ].sort();
    expect(instants.at(-1)! <= '2026-11-20T00:00:00.000Z').toBe(true);
    expect(instants[0] > '2026-05-23').toBe(true);
  });

  it('ends each service with the newest revision of its repository', () => {
    const last = history.deployments
      .filter(({ service }) => service === 'component:default/checkout')
      .sort((a, b) => a.finishedAt!.localeCompare(b.finishedAt!))
      .at(-1);
    expect(last).toMatchObject({ revision: head, status: 'success' });
  });

  it('leaves no deployment of a service to overlap another', () => {
    for (const { service } of PROFILES) {
      const times = history.deployments
        .filter(each => each.service.endsWith(`/${service}`))
        .map(({ startedAt, finishedAt }) => [startedAt!, finishedAt!]);
      times.slice(1).forEach(([started], index) => {
        expect(started >= times[index][1]).toBe(true);
      });
    }
  });

  it('has something of everything to look at', () => {
    const all = computeMetrics({ events, now: today });
    expect(all.changeFailRate.failed).toBeGreaterThan(5);
    expect(all.failedDeploymentRecoveryTime.samples).toBeGreaterThan(5);
    expect(all.failedDeploymentRecoveryTime.ongoing).toEqual([]);
    expect(all.deploymentReworkRate.rework).toBeGreaterThan(5);
    expect(all.findings.map(({ code }) => code)).toEqual([]);
    expect(history.deployments.some(({ rolloutId }) => rolloutId)).toBe(true);
    expect(history.deployments.some(({ hotfix }) => hotfix)).toBe(true);
    expect(history.deployments.some(({ status }) => status === 'failure')).toBe(
      true,
    );
  });

  it('makes teams look different', () => {
    const web = metricsOf('storefront-web');
    const shipping = metricsOf('shipping');
    expect(web.deploymentFrequency.perDay).toBeGreaterThan(2);
    expect(shipping.deploymentFrequency.perDay).toBeLessThan(0.2);
    expect(web.changeLeadTime.level).toBe(5);
    expect(shipping.changeLeadTime.level).toBeLessThan(4);
    expect(web.changeFailRate.rate!).toBeLessThan(
      metricsOf('product-catalog').changeFailRate.rate!,
    );
  });
});
