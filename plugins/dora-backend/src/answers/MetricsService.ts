import {
  bucketIndex,
  buckets,
  findingsOf,
  isProduction,
  metricsAnswer,
  observedDays,
  previousWindow,
  resolveOptions,
  secondsBetween,
  summarizeBuckets,
  summarizeFacts,
  type Bucket,
  type DeploymentFacts,
  type Finding,
  type MetricParts,
  type MetricsAnswer,
} from '@waymark/plugin-dora-common';
import type { DoraContext } from '../context';
import { addParts } from './facts/addParts';
import { FactReader } from './facts/FactReader';
import { FindingReader } from './facts/FindingReader';
import { RolloutReader } from './facts/RolloutReader';
import type { MetricsFilter } from './query/Filter';
import type { Scope } from './ScopeResolver';

/** What {@link MetricsService} takes. @internal */
export type MetricsOptions = Pick<DoraContext, 'config' | 'database' | 'now'>;

/** Computes the five metrics from the stored facts, as the engine would from the events. @internal */
export class MetricsService {
  private readonly facts: FactReader;
  private readonly rollouts: RolloutReader;
  private readonly findings: FindingReader;

  constructor(private readonly options: MetricsOptions) {
    this.facts = new FactReader(options.database);
    this.rollouts = new RolloutReader(options.database);
    this.findings = new FindingReader(options.database);
  }

  async metrics(scope: Scope, filter: MetricsFilter): Promise<MetricsAnswer> {
    const { window, timezone } = filter;
    const parts = buckets({ ...window, interval: filter.interval, timezone });
    const before = previousWindow(window);
    const all = [whole(before), ...parts];
    const read = await this.read(scope, filter, all);
    const counted = countBuckets(all, read);
    const series = counted.slice(1);
    const days = (of: { from: number; to: number }) =>
      observedDays(of, read.firstEventAt);
    return metricsAnswer({
      window,
      timezone,
      now: this.options.now(),
      current: {
        ...addParts(series, days(window)),
        ongoing: read.ongoing.filter(({ impactAt }) => impactAt < window.to),
      },
      previous: {
        ...counted[0],
        ongoing: read.ongoing.filter(({ impactAt }) => impactAt < window.from),
      },
      series: parts.map((bucket, i) => ({ bucket, parts: series[i] })),
      findings: this.findingsOf(filter, read),
    });
  }

  private async read(
    { serviceIds, single }: Scope,
    { environment, window }: MetricsFilter,
    all: readonly Bucket[],
  ) {
    const scope = { serviceIds, environment };
    const edges = [...all.map(({ start }) => start), window.to];
    const range = { from: edges[0], to: window.to };
    const together = { shared: single };
    const [counts, recoveries, ongoing, rollouts, weaknesses] =
      await Promise.all([
        this.facts.counts(scope, edges, together),
        this.facts.recoveries(scope, range, together),
        this.facts.ongoing(scope, window.to, together),
        single ? [] : this.rollouts.facts(scope, range),
        this.findings.read(serviceIds, window, this.options.config),
      ]);
    const ongoingRollouts = summarizeFacts(rollouts, range, undefined).ongoing;
    return {
      ...weaknesses,
      counts,
      recoveries,
      rollouts,
      ongoing: [...ongoing, ...ongoingRollouts],
    };
  }

  private findingsOf(
    { environment, window }: MetricsFilter,
    read: Read,
  ): readonly Finding[] {
    const { config } = this.options;
    const inWindow = read.rollouts.filter(
      ({ finishedAt }) => window.from <= finishedAt && finishedAt < window.to,
    );
    const counts = read.counts.slice(1);
    const sum = (values: readonly number[]) =>
      values.reduce((total, value) => total + value, 0);
    const found = findingsOf({
      window,
      firstEventAt: read.firstEventAt,
      incidentSourceHeard: read.incidentSourceHeard,
      unlinkedIncidents: read.unlinkedIncidents,
      changesAfterDeployment: sum([
        ...counts.map(count => count.changesAfterDeployment),
        ...inWindow.map(rollout => rollout.changesAfterDeployment),
      ]),
      deploymentsWithoutChanges:
        sum(counts.map(count => count.changesUnknown)) +
        inWindow.filter(rollout => rollout.changesUnknown).length,
      notProduction:
        environment === undefined ||
        isProduction(environment, resolveOptions(config))
          ? undefined
          : environment,
    });
    return [...found, ...sampleData(read.sampleDeployments)];
  }
}

interface Read {
  readonly counts: Awaited<ReturnType<FactReader['counts']>>;
  readonly recoveries: Awaited<ReturnType<FactReader['recoveries']>>;
  readonly rollouts: readonly DeploymentFacts[];
  readonly ongoing: MetricParts['ongoing'];
  readonly firstEventAt?: number;
  readonly incidentSourceHeard: boolean;
  readonly unlinkedIncidents: number;
  readonly sampleDeployments: number;
}

function whole({ from, to }: { from: number; to: number }): Bucket {
  return { start: from, end: to, partial: false };
}

/** A deployment counts where it finished, a recovery where it ended, an ongoing failure where it began. */
function countBuckets(
  all: readonly Bucket[],
  read: Read,
): readonly MetricParts[] {
  const recoverySeconds: number[][] = all.map(() => []);
  for (const { impactAt, recoveredAt } of read.recoveries) {
    recoverySeconds[bucketIndex(all, recoveredAt)]?.push(
      secondsBetween(impactAt, recoveredAt),
    );
  }
  const rollouts = summarizeBuckets(read.rollouts, all, read.firstEventAt);
  return all.map(({ start, end }, index) => {
    const counts = {
      ...read.counts[index],
      recoverySeconds: recoverySeconds[index],
      ongoing: [],
    };
    return {
      ...addParts([counts, rollouts[index]], rollouts[index].observedDays),
      ongoing: read.ongoing.filter(
        ({ impactAt }) => start <= impactAt && impactAt < end,
      ),
    };
  });
}

function sampleData(deployments: number): readonly Finding[] {
  if (deployments === 0) return [];
  return [
    {
      code: 'sample-data',
      count: deployments,
      message:
        deployments === 1
          ? '1 deployment of these is sample data, made up to show what this page looks like.'
          : `${deployments} deployments of these are sample data, made up to show what this page looks like.`,
    },
  ];
}
