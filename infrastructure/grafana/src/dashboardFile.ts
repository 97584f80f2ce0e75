import { join } from 'node:path';
import { doraDashboard } from './doraDashboard';

/** Where the generated dashboard stands. @internal */
export const dashboardFile = join(__dirname, '..', 'dashboards', 'dora.json');

/** What stands there. @internal */
export function dashboardText(): string {
  return `${JSON.stringify(doraDashboard(), null, 2)}\n`;
}
