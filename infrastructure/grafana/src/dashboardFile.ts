import { join } from 'node:path';
import { doraDashboard } from './doraDashboard';

// This package is run from its sources only.
// eslint-disable-next-line no-restricted-syntax
const root = join(__dirname, '..');

/** Where the generated dashboard stands. @internal */
export const dashboardFile = join(root, 'dashboards', 'dora.json');

/** What stands there. @internal */
export function dashboardText(): string {
  return `${JSON.stringify(doraDashboard(), null, 2)}\n`;
}
