import fc from 'fast-check';
import { percentiles } from './percentiles';

/** The definition, by sorting. */
function bySorting(values: readonly number[], fraction: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = (sorted.length - 1) * fraction;
  const low = sorted[Math.floor(rank)];
  return low + (sorted[Math.ceil(rank)] - low) * (rank - Math.floor(rank));
}

describe('percentiles', () => {
  it.each([
    [
      [10, 20, 30, 40],
      [25, 32.5, 37],
    ],
    [
      [40, 10, 30, 20],
      [25, 32.5, 37],
    ],
    [[7], [7, 7, 7]],
    [
      [1, 2],
      [1.5, 1.75, 1.9],
    ],
    [
      [5, 5, 5, 5],
      [5, 5, 5],
    ],
    [
      [1, 2, 3],
      [2, 2.5, 2.8],
    ],
  ])('of %j are %j', (values, expected) => {
    expect(percentiles(values, [0.5, 0.75, 0.9])).toEqual(expected);
    expect(percentiles(Int32Array.from(values), [0.5, 0.75, 0.9])).toEqual(
      expected,
    );
  });

  it('of nothing are none', () => {
    expect(percentiles([], [0.5])).toBeUndefined();
  });

  it('leave the values as they are', () => {
    const values = Float64Array.of(3, 1, 2);
    percentiles(values, [0.5]);
    expect([...values]).toEqual([3, 1, 2]);
  });

  it('are those of the sorted values', () => {
    const values = fc.array(fc.integer({ min: -1000, max: 1000 }), {
      minLength: 1,
      maxLength: 300,
    });
    const fractions = fc
      .array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 5 })
      .map(list => list.sort((a, b) => a - b));
    fc.assert(
      fc.property(values, fractions, (list, at) => {
        percentiles(list, at)!.forEach((value, i) =>
          expect(Math.abs(value - bySorting(list, at[i]))).toBeLessThan(0.001),
        );
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['in order', (i: number) => i],
    ['backwards', (i: number) => -i],
    ['all one', () => 1],
    ['like an organ pipe', (i: number) => Math.min(i, 2_000_000 - i)],
    ['in saw teeth', (i: number) => i % 1000],
  ])('take linear time where the values are %s', (_, value) => {
    const list = Int32Array.from({ length: 2_000_000 }, (_x, i) => value(i));
    const began = performance.now();
    percentiles(list, [0.5, 0.75, 0.9]);
    expect(performance.now() - began).toBeLessThan(2000);
  });
});
