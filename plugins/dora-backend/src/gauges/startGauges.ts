import type { MetricsService } from '@backstage/backend-plugin-api/alpha';
import type { DoraContext } from '../context';
import { GaugeReader } from './GaugeReader';
import { Readings } from './Readings';
import { registerGauges } from './registerGauges';
import { withTeams } from './teams';

const MAX_AGE_MS = 10 * 60_000;

/**
 * Keeps the gauges up to date, once a minute in every instance: whichever is
 * scraped has to know them.
 * @internal
 */
export async function startGauges(
  context: DoraContext,
  metrics: MetricsService,
): Promise<void> {
  const { auth, catalog, database, logger, now, scheduler } = context;
  const reader = new GaugeReader(database);
  const readings = new Readings({
    logger,
    now,
    maxAge: MAX_AGE_MS,
    measure: async window =>
      withTeams(await reader.read(window), { auth, catalog }),
  });
  registerGauges(metrics, () => readings.current());
  await scheduler.scheduleTask({
    id: 'dora-gauges',
    scope: 'local',
    frequency: { minutes: 1 },
    initialDelay: { seconds: 10 },
    timeout: { minutes: 5 },
    fn: () => readings.refresh(),
  });
}
