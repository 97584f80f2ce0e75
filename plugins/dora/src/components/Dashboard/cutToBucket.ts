import type { WindowQuery } from '../../api';
import type { Bucket } from '../../metrics';

/** The part of a window that lies in a bucket. @internal */
export function cutToBucket(
  query: WindowQuery,
  bucket: Pick<Bucket, 'start' | 'end'> | undefined,
): WindowQuery {
  if (!bucket) return query;
  const from = Math.max(Date.parse(query.from), Date.parse(bucket.start));
  const to = Math.min(Date.parse(query.to), Date.parse(bucket.end));
  return {
    ...query,
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
  };
}
