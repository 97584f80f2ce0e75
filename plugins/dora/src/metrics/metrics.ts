import type { FiveMetrics, Level } from '@waymark/plugin-dora-common';
import { formatDuration, formatFrequency, formatRate, plural } from '../format';
import type { Section, Show } from '../view';

/** Names the five metrics, as the API does. @internal */
export type MetricId = keyof FiveMetrics;

/** How one of the five metrics is read. @internal */
export interface Metric {
  readonly id: MetricId;
  /** As DORA calls it. */
  readonly title: string;
  /** One sentence for those who do not know it. */
  readonly explanation: string;
  readonly lowerIsBetter: boolean;
  /** Undefined: no data. */
  readonly value: (metrics: FiveMetrics) => number | undefined;
  readonly format: (value: number) => string;
  /** What the number was made of, as in "36 deployments". */
  readonly basis: (metrics: FiveMetrics) => string;
  /** Why there is no number. */
  readonly missing: (metrics: FiveMetrics) => string;
  /** Undefined: DORA has no levels for it. */
  readonly level?: (metrics: FiveMetrics) => Partial<Level>;
  /** Where the evidence is shown. */
  readonly evidence: { readonly section: Section; readonly show: Show };
}

/** The five, in DORA's order. @internal */
export const METRICS: readonly Metric[] = [
  {
    id: 'deploymentFrequency',
    title: 'Deployment frequency',
    explanation: 'How often a deployment to production succeeds.',
    lowerIsBetter: false,
    value: ({ deploymentFrequency }) => deploymentFrequency.perDay,
    format: formatFrequency,
    basis: ({ deploymentFrequency }) =>
      plural(deploymentFrequency.deployments, 'successful deployment'),
    missing: () => 'Nothing was heard of it until the end of this period.',
    level: ({ deploymentFrequency }) => deploymentFrequency,
    evidence: { section: 'deployments', show: 'all' },
  },
  {
    id: 'changeLeadTime',
    title: 'Change lead time',
    explanation:
      'Half of the changes were in production sooner after their commit, half later (the median).',
    lowerIsBetter: true,
    value: ({ changeLeadTime }) => changeLeadTime.medianSeconds ?? undefined,
    format: formatDuration,
    basis: ({ changeLeadTime: { samples, p90Seconds } }) =>
      `Median of ${plural(samples, 'change')}${
        p90Seconds === null ? '' : `; 90 % within ${formatDuration(p90Seconds)}`
      }`,
    missing: () => 'No change is known to have gone live in this period.',
    level: ({ changeLeadTime }) => changeLeadTime,
    evidence: { section: 'deployments', show: 'changes' },
  },
  {
    id: 'changeFailRate',
    title: 'Change fail rate',
    explanation:
      'The part of the deployments to production that failed: broke off, caused an incident, or had to be rolled back or remediated.',
    lowerIsBetter: true,
    value: ({ changeFailRate }) => changeFailRate.rate ?? undefined,
    format: formatRate,
    basis: ({ changeFailRate: { failed, total } }) =>
      `${failed} of ${plural(total, 'deployment')} failed`,
    missing: () => 'No deployment finished in this period.',
    evidence: { section: 'deployments', show: 'failed' },
  },
  {
    id: 'failedDeploymentRecoveryTime',
    title: 'Failed deployment recovery time',
    explanation:
      'How long it took from the impact of a failed deployment until the service had recovered (the median).',
    lowerIsBetter: true,
    value: ({ failedDeploymentRecoveryTime }) =>
      failedDeploymentRecoveryTime.medianSeconds ?? undefined,
    format: formatDuration,
    basis: ({ failedDeploymentRecoveryTime: { samples, ongoing } }) =>
      `Median of ${
        samples === 1 ? '1 recovery' : `${samples} recoveries`
      }${ongoingPart(ongoing.length)}`,
    missing: ({ failedDeploymentRecoveryTime: { ongoing } }) =>
      ongoing.length
        ? `${plural(ongoing.length, 'failure')} not recovered yet.`
        : 'No failed deployment recovered in this period.',
    level: ({ failedDeploymentRecoveryTime }) => failedDeploymentRecoveryTime,
    evidence: { section: 'deployments', show: 'recovery' },
  },
  {
    id: 'deploymentReworkRate',
    title: 'Deployment rework rate',
    explanation:
      'The part of the successful deployments that were unplanned repairs: rollbacks, hotfixes and remediations.',
    lowerIsBetter: true,
    value: ({ deploymentReworkRate }) => deploymentReworkRate.rate ?? undefined,
    format: formatRate,
    basis: ({ deploymentReworkRate: { rework, total } }) =>
      `${rework} of ${plural(total, 'successful deployment')}`,
    missing: () => 'No deployment succeeded in this period.',
    evidence: { section: 'deployments', show: 'rework' },
  },
];

function ongoingPart(count: number): string {
  return count ? `; ${plural(count, 'failure')} not recovered yet` : '';
}
