import type { DoraEvent } from '@waymark/plugin-dora-common';
import { DeploymentHistory } from './DeploymentHistory';
import { incidents } from './incidents';
import type { HistoryOptions } from './options';
import { Random } from './Random';

/** The events of one service, the same each time. */
export function history(options: HistoryOptions): DoraEvent[] {
  const random = new Random(options.service + 1);
  const deployments = new DeploymentHistory(options, random).events();
  return [...deployments, ...incidents(options, random, deployments)];
}
