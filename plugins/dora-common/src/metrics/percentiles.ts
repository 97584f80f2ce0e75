/** Numbers in any form that a caller has them in. @public */
export type Samples = Float64Array | Int32Array | readonly number[];

/** Moves the k-th smallest value of `values[low..high]` to k (Hoare's quickselect). */
function select(values: Float64Array, k: number, from: number): void {
  let low = from;
  let high = values.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    const [a, b, c] = [values[low], values[middle], values[high]];
    const pivot = Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i <= j) {
        const swapped = values[i];
        values[i++] = values[j];
        values[j--] = swapped;
      }
    }
    if (k <= j) high = j;
    else if (k >= i) low = i;
    else return;
  }
}

/** The smallest value from an index on. */
function smallest(values: Float64Array, from: number): number {
  let result = values[from];
  for (let i = from + 1; i < values.length; i++) {
    if (values[i] < result) result = values[i];
  }
  return result;
}

/**
 * Percentiles by linear interpolation between the closest ranks, as
 * PostgreSQL's `percentile_cont` defines them, in linear time; undefined
 * without values. Fractions are 0 to 1 in ascending order. Rounded to a
 * thousandth, so that 2220 does not become 2220.0000000000005.
 * @public
 */
export function percentiles(
  values: Samples,
  fractions: readonly number[],
): readonly number[] | undefined {
  if (values.length === 0) {
    return undefined;
  }
  const work = new Float64Array(values);
  let settled = 0;
  return fractions.map(fraction => {
    const rank = (work.length - 1) * fraction;
    const index = Math.floor(rank);
    select(work, index, settled);
    settled = index;
    const low = work[index];
    if (rank === index) {
      return low;
    }
    const high = smallest(work, index + 1);
    return Math.round((low + (high - low) * (rank - index)) * 1000) / 1000;
  });
}
