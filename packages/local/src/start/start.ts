import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { takeLock } from '../../bootstrap/lock';
import { endOrphans } from '../../bootstrap/processes';
import { say } from '../../bootstrap/progress';
import type { LocalOptions } from '../options';
import { checkDisk } from './checkDisk';
import { requireFreePorts, sayIfTaken } from './ports';
import { runPortal } from './runPortal';
import { stopRequest } from './stopRequest';

/**
 * Starts the portal and stays until it is asked to stop.
 * @returns the exit status
 * @internal
 */
export async function start(
  options: LocalOptions,
  { watch }: { watch: boolean },
): Promise<number> {
  const url = `http://localhost:${options.port}`;
  const signal = stopRequest();
  await mkdir(options.home, { recursive: true, mode: 0o700 });
  const lock = await takeLock(join(options.home, 'run', 'portal.json'), {
    url,
    startedAt: new Date().toISOString(),
  });
  if ('holder' in lock) {
    const { url: where, pid } = lock.holder;
    say(`The portal is running already: ${where} (process ${pid}).`);
    say(
      './portal stop ends it; WAYMARK_HOME and --port make room for a second one.',
    );
    return 1;
  }
  try {
    const orphans = await endOrphans(options.home);
    if (orphans.length) {
      say(
        `Ended what a killed portal had left running: ${orphans.join(', ')}.`,
      );
    }
    await requireFreePorts(options.port, watch);
    await sayIfTaken(options.metricsPort);
    await checkDisk([options.home, options.cacheDirectory, options.root]);
    return await runPortal(options, { watch, url, signal });
  } finally {
    lock.release();
  }
}
