export { formatAgo, formatDuration } from './formatTime';
