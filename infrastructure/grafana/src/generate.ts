import { writeFileSync } from 'node:fs';
import { dashboardFile, dashboardText } from './dashboardFile';

writeFileSync(dashboardFile, dashboardText());
