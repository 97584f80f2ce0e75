import { parseEvent } from '@waymark/plugin-dora-common';
import examples from '@octokit/webhooks-examples';
import fc from 'fast-check';
import { alertGroup } from './__fixtures__/alertmanager';
import { argoCdSync } from './__fixtures__/argocd';
import { incidentEvent, serviceEvent } from './__fixtures__/cdevents';
import { deploymentHook, pipelineHook } from './__fixtures__/gitlab';
import { pagerDutyIncident } from './__fixtures__/pagerduty';
import { createWebhookSources, mapCdEvent, readCloudEvents } from '.';
import type { MappedDelivery } from './types';

const leftToCommonChecks = [
  'revision',
  'startedAt',
  'finishedAt',
  'occurredAt',
  'openedAt',
  'resolvedAt',
];

const settings = {
  productionEnvironments: ['production'],
  github: {
    workflows: [
      { path: '.github/workflows/ci.yml', environment: 'production' },
    ],
  },
  gitlab: { pipelines: [{ stage: 'deploy', environment: 'production' }] },
  argocd: { environment: 'production' },
  alertmanager: { serviceLabel: 'service', environmentLabel: 'environment' },
};
const sources = createWebhookSources(settings);
const receivedAt = new Date('2026-03-02T10:00:00Z');

const github = (name: string) => ({
  name: `github ${name}`,
  body: (examples as any[]).find(each => each.name === name).examples[0],
  map: (body: unknown) =>
    sources[0].map({ headers: { 'x-github-event': name }, body, receivedAt }),
});
const webhook = (id: string, body: unknown) => ({
  name: id,
  body,
  map: (given: unknown) =>
    sources
      .find(source => source.id === id)!
      .map({ headers: {}, body: given, receivedAt }),
});
const cdEvent = (body: unknown) => ({
  name: 'cdevents',
  body,
  map: (given: unknown): MappedDelivery => {
    const [read] = readCloudEvents({}, given);
    if (!read) return { ignored: 'An empty batch.' };
    return 'rejected' in read ? read : mapCdEvent(read.value, settings);
  },
});

const subjects = [
  github('deployment'),
  github('deployment_status'),
  github('workflow_run'),
  webhook('gitlab', deploymentHook),
  webhook('gitlab', pipelineHook),
  webhook('argocd', argoCdSync),
  webhook(
    'pagerduty',
    pagerDutyIncident('incident.resolved', '2026-03-02T10:45:00Z', 'resolved'),
  ),
  webhook('alertmanager', alertGroup),
  cdEvent(
    serviceEvent('deployed', {
      customData: {
        rolloutId: 'a',
        changes: [{ sha: 'abcdef1', committedAt: '2026-03-02T10:45:00Z' }],
      },
    }),
  ),
  cdEvent(incidentEvent('resolved', '2026-03-02T10:45:00Z')),
];

const wrongValues: readonly unknown[] = [
  null,
  undefined,
  true,
  0,
  -1,
  1.5,
  Number.MAX_VALUE,
  '',
  ' ',
  'x'.repeat(1_000_000),
  '9999-12-31T23:59:59Z',
  '0001-01-01T00:00:00Z',
  "'; DROP TABLE events; --",
  '<script>alert(1)</script>',
  '__proto__',
  'constructor',
  '\u0000',
  '\ud800',
  [],
  [[]],
  [null],
  {},
  { toString: 1, valueOf: null },
  JSON.parse('{"__proto__": {"polluted": true}}'),
];

function pathsOf(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path];
  return [
    path,
    ...Object.entries(value).flatMap(([key, each]) =>
      pathsOf(each, [...path, key]),
    ),
  ];
}

function replaced(body: unknown, path: string[], value: unknown): unknown {
  if (path.length === 0) return value;
  const copy = structuredClone(body) as any;
  const last = path.slice(0, -1).reduce((each, key) => each[key], copy);
  last[path.at(-1)!] = value;
  return copy;
}

function expectAnswer(mapped: MappedDelivery) {
  if ('rejected' in mapped) {
    expect(mapped.rejected.field).not.toBe('');
    expect(mapped.rejected.message.length).toBeGreaterThan(5);
    expect(mapped.rejected.message.length).toBeLessThan(500);
  } else if ('ignored' in mapped) {
    expect(mapped.ignored.length).toBeLessThan(1500);
  } else {
    // What is stored is bounded, whatever came.
    for (const { lookup, ...event } of mapped.events) {
      const parsed = parseEvent(
        { ...event, service: 'checkout' },
        receivedAt.getTime(),
      );
      // Only what the sender's own fields cannot tell is left to the common checks.
      if (!parsed.ok) expect(leftToCommonChecks).toContain(parsed.field);
      expect(JSON.stringify(lookup).length).toBeLessThan(1000);
      expect(JSON.stringify(event).length).toBeLessThan(20_000);
      expect(event.id).not.toBe('');
      expect(typeof event.id).toBe('string');
    }
    expect(mapped.events.length).toBeGreaterThan(0);
  }
}

describe('every mapper', () => {
  it.each(subjects)('$name maps its payload', ({ body, map }) => {
    expect(map(body)).not.toHaveProperty('rejected');
  });

  it.each(subjects)(
    '$name answers with a reason, whatever stands in any field',
    ({ body, map }) => {
      for (const path of pathsOf(body)) {
        for (const value of wrongValues) {
          expectAnswer(map(replaced(body, path, value)));
        }
      }
      expect(({} as any).polluted).toBeUndefined();
    },
  );

  it.each(subjects)('$name answers to any JSON', ({ map }) => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), value => {
        expectAnswer(map(value));
      }),
    );
    expect.hasAssertions();
  });
});
