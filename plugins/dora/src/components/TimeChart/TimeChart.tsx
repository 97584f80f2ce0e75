import { ToggleButton } from '@backstage/ui';
import { RiTable2 } from '@remixicon/react';
import { type ReactNode, useState } from 'react';
import { useWidth } from '../../hooks';
import type { Bucket } from '../../metrics';
import { Axes } from './Axes';
import { BucketButtons } from './BucketButtons';
import { type Column, DataTable } from './DataTable';
import { type Geometry, layOut } from './geometry';
import { Legend, type Swatch } from './Legend';
import styles from './TimeChart.module.css';

/** What a chart over time is made of. @internal */
export interface TimeChartProps {
  readonly title: string;
  readonly description?: string;
  readonly buckets: readonly Bucket[];
  /** The largest value that is drawn. */
  readonly maximum: number;
  /** Multiples that the axis may be divided by, smallest first. */
  readonly tickSizes?: readonly number[];
  readonly format: (value: number) => string;
  readonly legend: readonly Swatch[];
  readonly marks: (geometry: Geometry) => ReactNode;
  /** What a bucket holds, as a sentence without its name. */
  readonly describe: (bucket: Bucket, index: number) => string;
  readonly columns: readonly Column<Bucket>[];
  /** Shows what a bucket is made of. */
  readonly onChoose?: (bucket: Bucket) => void;
}

/** A chart over time that works by keyboard, with the table behind it. @internal */
export function TimeChart(props: TimeChartProps) {
  const { title, description, buckets } = props;
  const [asTable, setAsTable] = useState(false);
  return (
    <section className={styles.chart} aria-label={`${title} over time`}>
      <header className={styles.head}>
        <h3 className={styles.title}>{title}</h3>
        <ToggleButton
          size="small"
          iconStart={<RiTable2 />}
          aria-label={`Show as table: ${title}`}
          isSelected={asTable}
          onChange={setAsTable}
        >
          Show as table
        </ToggleButton>
      </header>
      {description && <p className={styles.description}>{description}</p>}
      {asTable ? (
        <DataTable
          caption={`${title}, by period`}
          columns={props.columns}
          rows={buckets}
          rowKey={bucket => bucket.start}
        />
      ) : (
        <Plot {...props} />
      )}
    </section>
  );
}

function Plot(props: TimeChartProps) {
  const { title, buckets, maximum, tickSizes, format, marks, legend } = props;
  const [frame, width] = useWidth<HTMLDivElement>();
  const [shown, setShown] = useState<number>();
  const geometry = layOut({ buckets, width, maximum, tickSizes });
  const bucket = shown === undefined ? undefined : buckets[shown];
  const partial = buckets.some(each => each.partial);
  return (
    <>
      <div className={styles.frame} ref={frame}>
        <svg
          className={styles.svg}
          width={geometry.width}
          height={geometry.height}
          aria-hidden="true"
        >
          {buckets.map((each, index) =>
            each.partial ? (
              <rect
                key={each.start}
                className={styles.partial}
                x={geometry.x(index)}
                y={geometry.top}
                width={geometry.step}
                height={geometry.bottom - geometry.top}
              />
            ) : null,
          )}
          <Axes geometry={geometry} buckets={buckets} format={format} />
          {marks(geometry)}
        </svg>
        <BucketButtons
          title={title}
          buckets={buckets}
          geometry={geometry}
          describe={props.describe}
          onShow={setShown}
          onChoose={props.onChoose}
        />
      </div>
      <Legend
        swatches={
          partial
            ? [...legend, { title: 'Not a whole period', kind: 'partial' }]
            : legend
        }
      />
      <p className={styles.readout} aria-hidden="true">
        {bucket ? (
          <>
            <strong>{bucket.title}</strong>
            {bucket.partial && ' (partial)'}: {props.describe(bucket, shown!)}
          </>
        ) : (
          hint(props.onChoose !== undefined)
        )}
      </p>
    </>
  );
}

function hint(choosable: boolean): string {
  return choosable
    ? 'Point at a period or use the arrow keys; choose one to see its deployments.'
    : 'Point at a period or use the arrow keys.';
}
