export { doraDashboard } from './doraDashboard';
export { expressions } from './expressions';
export type { Expression } from './expressions';
