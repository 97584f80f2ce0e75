import type { ChangeFailRate } from './answers';

/** Failed deployments among the finished ones. @public */
export function changeFailRate(parts: {
  readonly failed: number;
  readonly total: number;
}): ChangeFailRate {
  const { failed, total } = parts;
  return { rate: total === 0 ? null : failed / total, failed, total };
}
