export { formatDay, formatInstant, formatPeriod } from './dates';
export { formatDuration } from './duration';
export { entityName, shortRevision } from './names';
export { formatCount, formatFrequency, formatRate, plural } from './numbers';
