import type { Finding } from '@waymark/plugin-dora-common';
import type { MetricId } from './metrics';

const WEAKENED: Partial<Record<Finding['code'], readonly MetricId[]>> = {
  'window-cut': ['deploymentFrequency'],
  'incident-source-missing': ['changeFailRate', 'failedDeploymentRecoveryTime'],
  'incident-unlinked': ['changeFailRate', 'failedDeploymentRecoveryTime'],
  'change-after-deployment': ['changeLeadTime'],
  'changes-unknown': ['changeLeadTime'],
};

/** The findings that weaken one metric. @internal */
export function findingsOf(
  metric: MetricId,
  findings: readonly Finding[],
): readonly Finding[] {
  return findings.filter(({ code }) => WEAKENED[code]?.includes(metric));
}

/** The findings about the whole answer, without that of sample data, which has a banner of its own. @internal */
export function pageFindings(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(
    ({ code }) => code !== 'sample-data' && WEAKENED[code] === undefined,
  );
}
