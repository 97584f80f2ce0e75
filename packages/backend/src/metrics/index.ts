export { collectMetrics } from './collectMetrics';
export { metricsPlugin } from './metricsPlugin';
