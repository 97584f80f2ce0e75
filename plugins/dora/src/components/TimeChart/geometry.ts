import { scaleBand, scaleLinear } from '@visx/scale';
import type { Bucket } from '../../metrics';

const MARGIN = { top: 8, right: 4, bottom: 24, left: 56 };
const HEIGHT = 200;
const ROOM_FOR_LABEL = 64;

/** Where things stand in a chart, in pixels. @internal */
export interface Geometry {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** Of one bucket. */
  readonly step: number;
  /** Left edge of a bucket. */
  readonly x: (index: number) => number;
  /** Middle of a bucket. */
  readonly center: (index: number) => number;
  readonly y: (value: number) => number;
  readonly ticks: readonly number[];
  /** Indices of the buckets whose labels have room. */
  readonly labelled: readonly number[];
}

/** Lays a chart out. @internal */
export function layOut(options: {
  readonly buckets: readonly Bucket[];
  readonly width: number;
  readonly maximum: number;
  /** Multiples that an axis may be divided by, smallest first. */
  readonly tickSizes?: readonly number[];
}): Geometry {
  const { buckets, width } = options;
  const ticks = ticksUpTo(options.maximum, options.tickSizes);
  const [left, right] = [MARGIN.left, width - MARGIN.right];
  const [top, bottom] = [MARGIN.top, HEIGHT - MARGIN.bottom];
  const x = scaleBand({
    domain: buckets.map((_, index) => index),
    range: [left, Math.max(left + 1, right)],
    padding: 0,
  });
  const y = scaleLinear({
    domain: [0, ticks[ticks.length - 1]],
    range: [bottom, top],
  });
  const step = x.bandwidth();
  const every = Math.max(1, Math.ceil(ROOM_FOR_LABEL / Math.max(step, 0.1)));
  return {
    ...{ width, height: HEIGHT, left, right, top, bottom, step, ticks },
    x: index => x(index) ?? left,
    center: index => (x(index) ?? left) + step / 2,
    y: value => y(value),
    labelled: buckets
      .map((_, index) => index)
      .filter(index => index % every === 0),
  };
}

/** Even steps from 0 to the first one that covers the maximum, at most five. */
function ticksUpTo(
  maximum: number,
  sizes: readonly number[] | undefined,
): readonly number[] {
  const size =
    sizes?.find(each => maximum / each <= 5) ?? decimalStep(maximum, sizes);
  const count = Math.max(1, Math.ceil(maximum / size - 1e-9));
  return Array.from({ length: count + 1 }, (_, index) => index * size);
}

function decimalStep(
  maximum: number,
  sizes: readonly number[] | undefined,
): number {
  const unit = sizes ? sizes[sizes.length - 1] : 1;
  const wanted = Math.max(maximum, unit * 1e-6) / unit / 5;
  const power = 10 ** Math.floor(Math.log10(wanted));
  const factor = [1, 2, 5, 10].find(each => each * power >= wanted) ?? 10;
  return factor * power * unit;
}
