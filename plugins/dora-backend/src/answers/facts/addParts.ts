import type { MetricParts, Samples } from '@waymark/plugin-dora-common';

/** The parts of a window from those of what it is made of; each deployment is in one of them. @internal */
export function addParts(
  parts: readonly Omit<MetricParts, 'observedDays'>[],
  observedDays: number,
): MetricParts {
  const sum = (of: (part: (typeof parts)[number]) => number) =>
    parts.reduce((total, part) => total + of(part), 0);
  return {
    total: sum(part => part.total),
    deployments: sum(part => part.deployments),
    failed: sum(part => part.failed),
    rework: sum(part => part.rework),
    leadSeconds: concat(parts.map(part => part.leadSeconds)),
    recoverySeconds: concat(parts.map(part => part.recoverySeconds)),
    ongoing: parts.flatMap(part => part.ongoing),
    observedDays,
  };
}

/** One list of samples; the only one that has any is not copied. */
function concat(lists: readonly Samples[]): Samples {
  const filled = lists.filter(list => list.length > 0);
  if (filled.length <= 1) return filled[0] ?? [];
  const size = filled.reduce((total, list) => total + list.length, 0);
  const result = new Int32Array(size);
  let offset = 0;
  for (const list of filled) {
    result.set(list, offset);
    offset += list.length;
  }
  return result;
}
