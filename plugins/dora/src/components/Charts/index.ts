export { Charts } from './Charts';
export { DURATION_TICKS, formatAxisDuration } from './durationAxis';
