import type { Bucket } from '../../metrics';

/** What every chart of the page takes. @internal */
export interface ChartProps {
  readonly buckets: readonly Bucket[];
  readonly onChoose: (bucket: Bucket) => void;
}

/** The largest of the values that there are; 0 without any. @internal */
export function largest(
  buckets: readonly Bucket[],
  value: (bucket: Bucket) => number | null | undefined,
): number {
  return buckets.reduce(
    (most, bucket) => Math.max(most, value(bucket) ?? 0),
    0,
  );
}

/** The name of a bucket in a table. @internal */
export function periodCell(bucket: Bucket): string {
  return bucket.partial ? `${bucket.title} (partial)` : bucket.title;
}
