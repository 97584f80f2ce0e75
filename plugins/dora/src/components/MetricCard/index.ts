export { ComparisonBadge } from './ComparisonBadge';
export { LevelMeter } from './LevelMeter';
export { MetricCard } from './MetricCard';
export { MetricCards } from './MetricCards';
