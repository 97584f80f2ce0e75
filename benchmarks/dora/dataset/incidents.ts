import type {
  DeploymentEvent,
  IncidentEvent,
} from '@waymark/plugin-dora-common';
import { DAY, HistoryOptions, HOUR, iso, MINUTE, serviceRef } from './options';
import type { Random } from './Random';

const INCIDENTS_PER_DAY = 50 / 1095;

/** A service's incidents; one in ten names the deployment that caused it. */
export function incidents(
  { service, from, to }: HistoryOptions,
  random: Random,
  deployments: readonly DeploymentEvent[],
): IncidentEvent[] {
  const live = deployments.filter(event => event.status === 'success');
  const count = Math.round(((to - from) / DAY) * INCIDENTS_PER_DAY);
  const events: IncidentEvent[] = [];
  for (let i = 0; i < count && live.length > 0; i++) {
    const cause = live[Math.floor(random.next() * live.length)];
    const opened =
      Date.parse(cause.finishedAt!) + random.exponential(12 * HOUR);
    if (opened >= to) continue;
    const resolved = opened + random.logNormal(45 * MINUTE, 1);
    const base = {
      kind: 'incident',
      id: `incident-${service}-${i}`,
      source: 'benchmark',
      services: [serviceRef(service)],
      openedAt: iso(opened),
      ...(random.chance(0.1) && { deployment: cause.id }),
    } as const;
    events.push({ ...base, status: 'open' });
    if (resolved < to) {
      events.push({ ...base, status: 'resolved', resolvedAt: iso(resolved) });
    }
  }
  return events;
}
