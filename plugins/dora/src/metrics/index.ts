export { type Bucket, toBuckets } from './buckets';
export { type Comparison, compareMetric } from './compareMetric';
export { findingsOf, pageFindings } from './findings';
export { type Metric, type MetricId, METRICS } from './metrics';
export { bucketValue, type Reading, readingOf } from './readingOf';
