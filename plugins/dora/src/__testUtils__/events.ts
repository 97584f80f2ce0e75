import type {
  ChangeInput,
  DeploymentEvent,
  DoraEvent,
} from '@waymark/plugin-dora-common';

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** The services that the made-up history is about, and how they fare. */
const SERVICES = [
  { name: 'checkout', everyHours: 30, failing: 0.08, leadHours: 9 },
  { name: 'payment-gateway', everyHours: 60, failing: 0.15, leadHours: 40 },
  { name: 'product-catalog', everyHours: 90, failing: 0.04, leadHours: 20 },
  {
    name: 'recommendations-for-returning-customers-of-the-storefront',
    everyHours: 200,
    failing: 0.25,
    leadHours: 160,
  },
];

/** The entity references of the made-up services. */
export const SERVICE_REFS = SERVICES.map(
  ({ name }) => `component:default/${name}`,
);

/** Half a year of deployments and incidents that look like those of a small shop; the same for the same clock. */
export function makeEvents(now: number): DoraEvent[] {
  return SERVICES.flatMap((service, index) =>
    historyOf(service, { now, random: randomOf(index + 1) }),
  );
}

function historyOf(
  service: (typeof SERVICES)[number],
  options: { readonly now: number; readonly random: () => number },
): DoraEvent[] {
  const { now, random } = options;
  const events: DoraEvent[] = [];
  let at = now - 200 * DAY;
  let previous: DeploymentEvent | undefined;
  for (let run = 1; at < now - HOUR; run++) {
    const failing = random() < service.failing;
    const breaksOff = failing && random() < 0.4;
    const deployment = deploymentOf(service.name, {
      ...{ run, at, random, hours: service.leadHours },
      status: breaksOff ? 'failure' : 'success',
      remediates: random() < 0.03 ? previous : undefined,
    });
    events.push(deployment);
    if (failing && !breaksOff) {
      events.push(...incidentOf(deployment, { now, random }));
    }
    if (failing && random() < 0.3 && previous?.status === 'success') {
      at += (0.5 + random()) * HOUR;
      events.push(rollbackTo(previous, run, at));
    }
    previous = deployment;
    at += service.everyHours * HOUR * (0.2 + 1.6 * random());
  }
  return events;
}

function deploymentOf(
  name: string,
  options: {
    readonly run: number;
    readonly at: number;
    readonly hours: number;
    readonly status: 'success' | 'failure';
    readonly remediates?: DeploymentEvent;
    readonly random: () => number;
  },
): DeploymentEvent {
  const { run, at, hours, status, remediates, random } = options;
  const revision = sha(name, run, 0);
  const changes = Array.from(
    { length: 1 + Math.floor(random() * 4) },
    (_, index): ChangeInput => ({
      sha: sha(name, run, index),
      committedAt: iso(at - hours * HOUR * (0.1 + 2 * random() ** 2)),
      pullRequest: run * 3 + index,
    }),
  );
  return {
    ...{ kind: 'deployment', id: `run-${run}`, source: 'github-actions' },
    ...{ service: `component:default/${name}`, environment: 'production' },
    ...{ status, revision, changes, version: `1.${run}.0` },
    startedAt: iso(at - 5 * 60_000),
    finishedAt: iso(at),
    url: `https://github.com/example/${name}/actions/runs/${run}`,
    remediates: remediates && { deployment: remediates.id },
  };
}

function rollbackTo(
  earlier: DeploymentEvent,
  run: number,
  at: number,
): DeploymentEvent {
  return {
    ...earlier,
    id: `run-${run}-rollback`,
    remediates: undefined,
    startedAt: iso(at - 2 * 60_000),
    finishedAt: iso(at),
  };
}

function incidentOf(
  deployment: DeploymentEvent,
  options: { readonly now: number; readonly random: () => number },
): DoraEvent[] {
  const { now, random } = options;
  const opened = Date.parse(deployment.finishedAt!) + random() * 3 * HOUR;
  const resolved = opened + HOUR * (0.2 + 5 * random() ** 3);
  if (opened > now) return [];
  const incident = {
    ...({ kind: 'incident', id: `${deployment.id}-alert` } as const),
    ...{ source: 'pagerduty', services: [deployment.service] },
    ...{ severity: 'high', title: 'Error rate above 5 % of requests' },
    openedAt: iso(opened),
  };
  return [
    { ...incident, status: 'open' },
    ...(resolved < now
      ? [
          {
            ...incident,
            status: 'resolved' as const,
            resolvedAt: iso(resolved),
          },
        ]
      : []),
  ];
}

/** Numbers from 0 to 1 that are the same every time (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed * 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function sha(name: string, run: number, index: number): string {
  const text = `${name} ${run} ${index}`;
  // FNV-1a, so that no two commits get one hash.
  const seed = [...text].reduce(
    (hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 0x01000193),
    0x811c9dc5,
  );
  const random = randomOf(seed);
  return Array.from({ length: 40 }, () =>
    Math.floor(random() * 16).toString(16),
  ).join('');
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
