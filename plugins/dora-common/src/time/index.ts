export * from './buckets';
export * from './window';
