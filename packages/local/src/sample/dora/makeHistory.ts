import type {
  DeploymentEvent,
  IncidentEvent,
} from '@waymark/plugin-dora-common';
import { PROFILES, type DeliveryProfile } from './profiles';
import { Random } from './Random';
import { ServiceHistory } from './ServiceHistory';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const DAYS = 180;
/** Every so many days one rollout brings two services together. */
const JOINT_EVERY = 23;
const JOINT = ['checkout', 'payment-gateway'];

/** What {@link makeHistory} takes. @internal */
export interface HistoryOptions {
  /** Everything happened before the beginning of this day. */
  readonly today: Date;
  readonly source: string;
  /** The newest revision of each service's repository, where it has one: what is live at the end. */
  readonly heads: Readonly<Record<string, string | undefined>>;
}

/**
 * Half a year of deliveries, incidents, rollbacks, hotfixes and rework that
 * nobody made: the same on every machine, but for the day on which it ends.
 * @internal
 */
export function makeHistory(options: HistoryOptions): {
  deployments: DeploymentEvent[];
  incidents: IncidentEvent[];
} {
  const until = Math.floor(options.today.getTime() / DAY) * DAY;
  const since = until - DAYS * DAY;
  const histories = PROFILES.map(profile => {
    const history = new ServiceHistory({
      profile,
      source: options.source,
      since,
    });
    let busyUntil = since;
    const planned = plan(profile, since, until);
    planned.forEach(({ at, rolloutId }, index) => {
      const last = index === planned.length - 1;
      if (at < busyUntil && !rolloutId) return;
      busyUntil = history.deploy(Math.max(at, busyUntil), {
        rolloutId,
        calm: last || until - at < DAY,
        head: last ? options.heads[profile.service] : undefined,
      });
    });
    return history.events;
  });
  return {
    deployments: histories.flatMap(({ deployments }) => deployments),
    incidents: histories.flatMap(({ incidents }) => incidents),
  };
}

interface Planned {
  readonly at: number;
  readonly rolloutId?: string;
}

/** Deployments in working hours, in order; the last one is always there. */
function plan(
  { service, deploymentsPerWeek, weekends }: DeliveryProfile,
  since: number,
  until: number,
): Planned[] {
  const random = new Random(`plan ${service}`);
  const workdays = weekends ? 7 : 5;
  const planned: Planned[] = [];
  for (let day = since; day < until; day += DAY) {
    const index = (day - since) / DAY;
    const weekday = new Date(day).getUTCDay();
    if (!weekends && (weekday === 0 || weekday === 6)) continue;
    const expected = deploymentsPerWeek / workdays;
    const count = Math.floor(expected) + (random.chance(expected % 1) ? 1 : 0);
    for (let number = 0; number < count; number += 1) {
      planned.push({ at: day + random.between(8, 17) * HOUR });
    }
    if (JOINT.includes(service) && index % JOINT_EVERY === 0) {
      planned.push({
        at: day + 7 * HOUR,
        rolloutId: `sample-rollout-${index}`,
      });
    }
  }
  const last = { at: until - random.between(3, 9) * HOUR };
  return [...planned.filter(({ at }) => at < last.at), last].sort(
    (a, b) => a.at - b.at,
  );
}
