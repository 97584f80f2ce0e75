import { useRoving } from '../../hooks';
import type { Bucket } from '../../metrics';
import type { Geometry } from './geometry';
import styles from './TimeChart.module.css';

/** The buckets of a chart as buttons over it: Tab reaches one, the arrow keys move between them. @internal */
export function BucketButtons(props: {
  readonly title: string;
  readonly buckets: readonly Bucket[];
  readonly geometry: Geometry;
  readonly describe: (bucket: Bucket, index: number) => string;
  readonly onShow: (index: number | undefined) => void;
  readonly onChoose?: (bucket: Bucket) => void;
}) {
  const { buckets, geometry, describe, onShow, onChoose } = props;
  const { onKeyDown, propsOf } = useRoving(buckets.length);
  return (
    <div
      className={styles.buckets}
      role="group"
      aria-label={`${props.title}: periods`}
      onPointerLeave={() => onShow(undefined)}
    >
      {buckets.map((bucket, index) => {
        const roving = propsOf(index);
        return (
          <button
            {...roving}
            key={bucket.start}
            type="button"
            className={styles.bucket}
            // Its place is a measure, which no class can hold.
            style={{
              left: geometry.x(index),
              width: geometry.step,
              height: geometry.bottom,
            }}
            data-choosable={onChoose ? '' : undefined}
            aria-label={`${bucket.title}${
              bucket.partial ? ', not a whole period' : ''
            }: ${describe(bucket, index)}`}
            onKeyDown={onKeyDown}
            onFocus={() => {
              roving.onFocus();
              onShow(index);
            }}
            onBlur={() => onShow(undefined)}
            onPointerEnter={() => onShow(index)}
            onClick={() => onChoose?.(bucket)}
          />
        );
      })}
    </div>
  );
}
