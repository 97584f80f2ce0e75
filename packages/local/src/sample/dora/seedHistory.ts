import { ServiceUnavailableError } from '@backstage/errors';
import type { PortalClient } from '../PortalClient';
import { retry } from '../retry';
import type { SampleMemory } from '../SampleMemory';
import { SAMPLE_SERVICES } from '../services';
import { makeHistory } from './makeHistory';
import { SAMPLE_SOURCE } from './source';

const DAY_ITEM = 'dora:day:';
/** Well under what one request may hold. */
const BATCH = 500;

/** What {@link seedHistory} takes. @internal */
export interface SeedHistoryOptions {
  readonly portal: PortalClient;
  readonly memory: SampleMemory;
  readonly signal: AbortSignal;
  readonly now?: () => Date;
}

/**
 * Gives the sample services half a year of made-up deliveries, once; what was
 * removed stays removed. Returns whether it did.
 * @internal
 */
export async function seedHistory(
  options: SeedHistoryOptions,
): Promise<boolean> {
  const { memory, signal } = options;
  const patience = { attempts: 90, pauseMs: 1_000, signal };
  return memory.once('dora:history', async () => {
    const today = await firstDay(options);
    await retry(() => requireServices(options.portal), patience);
    const heads = await headsOf(options.portal);
    const history = makeHistory({ today, source: SAMPLE_SOURCE, heads });
    for (const kind of ['deployments', 'incidents'] as const) {
      const events: readonly object[] = history[kind];
      for (let at = 0; at < events.length; at += BATCH) {
        const batch = events.slice(at, at + BATCH);
        await retry(() => options.portal.sendEvents(kind, batch), patience);
      }
    }
  });
}

/** A seeding that was cut short is finished with the day that it began with: the same events again. */
async function firstDay({
  memory,
  now = () => new Date(),
}: SeedHistoryOptions): Promise<Date> {
  const begun = memory.find(DAY_ITEM);
  if (begun) {
    return new Date(begun.slice(DAY_ITEM.length));
  }
  const day = now().toISOString().slice(0, 10);
  await memory.once(`${DAY_ITEM}${day}`, async () => {});
  return new Date(day);
}

/** Events of services that are not in the catalog yet would stand among the unmatched for a while. */
async function requireServices(portal: PortalClient): Promise<void> {
  for (const { name } of SAMPLE_SERVICES) {
    if (!(await portal.hasComponent(name))) {
      throw new ServiceUnavailableError(`${name} is not in the catalog yet.`);
    }
  }
}

/** What is delivered next is compared with these. */
async function headsOf(
  portal: PortalClient,
): Promise<Record<string, string | undefined>> {
  const heads = await Promise.all(
    SAMPLE_SERVICES.map(async ({ team, name }) => [
      name,
      await portal.head(team, name),
    ]),
  );
  return Object.fromEntries(heads);
}
