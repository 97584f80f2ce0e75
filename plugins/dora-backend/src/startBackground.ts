import type { DoraContext } from './context';
import { UnmatchedEvents } from './inbox/UnmatchedEvents';
import { applyProductionEnvironments } from './operations/applyProductionEnvironments';
import { applySettings } from './operations/applySettings';
import { Retention } from './operations/Retention';
import type { EventProcessor } from './processing/EventProcessor';
import type { ProcessEventsOptions } from './processing/processEvents';

/** What {@link startBackground} takes. @internal */
export type BackgroundOptions = DoraContext &
  ProcessEventsOptions & { readonly processor: EventProcessor };

/** Has the queue worked off while the backend runs, and looks after what is stored. @internal */
export async function startBackground(
  options: BackgroundOptions,
): Promise<void> {
  const { lifecycle, logger, processor, scheduler } = options;
  const unmatched = new UnmatchedEvents(options);
  const retention = new Retention(options);
  // Nobody waits for it: what is stored answers meanwhile as it did before.
  lifecycle.addStartupHook(() => {
    void bringUpToDate(options);
    processor.start();
  });
  lifecycle.addShutdownHook(() => processor.stop());
  await scheduler.scheduleTask({
    id: 'dora-unmatched',
    frequency: { seconds: 30 },
    initialDelay: { seconds: 15 },
    timeout: { minutes: 5 },
    fn: async () => {
      if ((await unmatched.recheck()) > 0) processor.wake();
    },
  });
  await scheduler.scheduleTask({
    id: 'dora-retention',
    frequency: { hours: 6 },
    initialDelay: { minutes: 5 },
    timeout: { hours: 2 },
    fn: async () => {
      const expired = await retention.run();
      if (Object.values(expired).some(count => count > 0)) {
        logger.info('Removed what was past its retention', { ...expired });
      }
    },
  });
}

async function bringUpToDate(options: BackgroundOptions): Promise<void> {
  const { logger } = options;
  try {
    const changed = await applyProductionEnvironments(options);
    if (changed.length > 0) {
      logger.info(
        `dora.productionEnvironments has changed: ${changed.join(
          ', ',
        )} counts differently now`,
      );
    }
    if (await applySettings(options)) {
      logger.info('Derived all facts anew, because the settings have changed');
    }
  } catch (error) {
    logger.error(
      'What is stored could not be brought in line with the settings; it is tried again at the next start',
      error as Error,
    );
  }
}
