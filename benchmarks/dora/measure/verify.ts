import { isDeepStrictEqual } from 'node:util';
import {
  computeMetrics,
  DoraEvent,
  MetricsAnswer,
} from '@waymark/plugin-dora-common';
import { history } from '../dataset/history';
import { serviceRef } from '../dataset/options';
import type { Size } from '../dataset/load';
import { Random } from '../dataset/Random';
import type { Backend } from '../run/Backend';

const DAY = 86_400_000;

/**
 * Compares the backend's answers for services drawn at random with those of
 * the engine over the same events.
 * @returns how many were compared
 * @throws Error that names the first that differs
 */
export async function verifyServices(
  backend: Backend,
  size: Size,
  count: number,
): Promise<number> {
  const random = new Random(11);
  for (let i = 0; i < count; i++) {
    const service = Math.floor(random.next() * size.services);
    const window = {
      from: size.to - Math.floor(random.next() * 365 + 7) * DAY,
      to: size.to - Math.floor(random.next() * 3) * DAY,
    };
    const ref = serviceRef(service);
    const expected = engine(eventsOf(size, service), window, ref);
    const given = await backend.get(`/metrics?${parameters(window, ref)}`);
    mustEqual(given, expected, ref);
  }
  return count;
}

/** The same for all services together. */
export async function verifyOrganisation(
  backend: Backend,
  size: Size,
): Promise<void> {
  const events: DoraEvent[] = [];
  for (let service = 0; service < size.services; service++) {
    for (const event of history({ ...size, service })) events.push(event);
  }
  const window = { from: size.to - 60 * DAY, to: size.to };
  const given = await backend.get(`/metrics?${parameters(window)}`);
  mustEqual(given, engine(events, window), 'the organisation');
}

/** Those of the service whose history it is a copy of, under its own name. */
function eventsOf(size: Size, service: number): DoraEvent[] {
  const { distinct = size.services } = size;
  const ref = serviceRef(service);
  return history({ ...size, service: service % distinct }).map(event =>
    event.kind === 'deployment'
      ? { ...event, service: ref }
      : { ...event, services: [ref] },
  );
}

function engine(
  events: readonly DoraEvent[],
  window: { from: number; to: number },
  service?: string,
): MetricsAnswer {
  return computeMetrics({
    ...{ events, window, service, interval: 'week' },
    ...{ now: window.to, incidentSourceHeard: true },
  });
}

function parameters(window: { from: number; to: number }, service?: string) {
  return new URLSearchParams({
    from: new Date(window.from).toISOString(),
    to: new Date(window.to).toISOString(),
    interval: 'week',
    ...(service && { service }),
  });
}

function mustEqual(given: object, expected: object, what: string): void {
  const [a, b] = [given, expected].map(withoutClock);
  if (isDeepStrictEqual(a, b)) return;
  throw new Error(`${what} differs: ${firstDifference(a, b)}`);
}

/** How long a failure has lasted depends on when is asked. */
function withoutClock(value: object): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, entry) => {
      if (key === 'sinceSeconds') return undefined;
      return key === 'ongoing' ? sorted(entry) : entry;
    }),
  );
}

function sorted(ongoing: readonly { deployment: string }[]) {
  return [...ongoing].sort((a, b) => (a.deployment < b.deployment ? -1 : 1));
}

function firstDifference(a: any, b: any, path = ''): string {
  if (a === null || b === null || typeof a !== 'object') {
    return `${path} is ${JSON.stringify(a)} instead of ${JSON.stringify(b)}`;
  }
  const keys = new Set([...Object.keys(a), ...Object.keys(b ?? {})]);
  const key = [...keys].find(k => !isDeepStrictEqual(a[k], b?.[k]));
  if (key === undefined) return path;
  if (!(key in a) || !(key in b)) {
    return `${path}.${key} is ${JSON.stringify(
      a[key],
    )} instead of ${JSON.stringify(b[key])}`;
  }
  return firstDifference(a[key], b[key], `${path}.${key}`);
}
