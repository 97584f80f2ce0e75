import { formatRate, plural } from '../../format';
import type { Bucket } from '../../metrics';
import { type Column, LineMarks, TimeChart } from '../TimeChart';
import { type ChartProps, largest, periodCell } from './chartProps';

interface Parts {
  readonly rate: number | undefined;
  readonly part: number;
  readonly total: number;
}

const RATES = {
  fail: {
    title: 'Change fail rate',
    description: 'The part of the finished deployments that failed.',
    part: 'failed',
    total: 'deployment',
    of: ({ metrics: { changeFailRate } }: Bucket): Parts => ({
      rate: changeFailRate.rate ?? undefined,
      part: changeFailRate.failed,
      total: changeFailRate.total,
    }),
  },
  rework: {
    title: 'Deployment rework rate',
    description:
      'The part of the successful deployments that were unplanned repairs: rollbacks, hotfixes, remediations.',
    part: 'rework',
    total: 'successful deployment',
    of: ({ metrics: { deploymentReworkRate } }: Bucket): Parts => ({
      rate: deploymentReworkRate.rate ?? undefined,
      part: deploymentReworkRate.rework,
      total: deploymentReworkRate.total,
    }),
  },
};

/** The change fail rate or the deployment rework rate per bucket. @internal */
export function RateChart(
  props: ChartProps & { readonly rate: keyof typeof RATES },
) {
  const { buckets, onChoose } = props;
  const { title, description, part, total, of } = RATES[props.rate];
  return (
    <TimeChart
      title={title}
      description={description}
      buckets={buckets}
      maximum={Math.max(
        0.05,
        largest(buckets, bucket => of(bucket).rate),
      )}
      tickSizes={[0.01, 0.02, 0.05, 0.1, 0.2, 0.25]}
      format={formatRate}
      legend={[{ title, kind: 'line' }]}
      describe={bucket => {
        const parts = of(bucket);
        return parts.rate === undefined
          ? `no data, no ${total}`
          : `${formatRate(parts.rate)}, ${parts.part} of ${plural(
              parts.total,
              total,
            )}`;
      }}
      columns={columns(title, part, total, of)}
      onChoose={onChoose}
      marks={geometry => (
        <LineMarks
          geometry={geometry}
          buckets={buckets}
          value={bucket => of(bucket).rate}
        />
      )}
    />
  );
}

function columns(
  title: string,
  part: string,
  total: string,
  of: (bucket: Bucket) => Parts,
): readonly Column<Bucket>[] {
  return [
    { title: 'Period', cell: periodCell },
    {
      title,
      numeric: true,
      cell: bucket => {
        const { rate } = of(bucket);
        return rate === undefined ? 'No data' : formatRate(rate);
      },
    },
    {
      title: capital(part),
      numeric: true,
      cell: bucket => of(bucket).part,
    },
    {
      title: capital(`${total}s`),
      numeric: true,
      cell: bucket => of(bucket).total,
    },
  ];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
