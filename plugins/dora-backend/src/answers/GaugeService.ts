import type { AuthService } from '@backstage/backend-plugin-api';
import {
  fiveMetrics,
  type FiveMetrics,
  type MetricParts,
} from '@waymark/plugin-dora-common';
import { RELATION_OWNED_BY } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Knex } from 'knex';
import type { ServiceReading } from '../gauges/types';
import { GaugeReader } from './facts/GaugeReader';

const AT_ONCE = 500;

/** What {@link GaugeService} takes. @internal */
export interface GaugeOptions {
  readonly auth: AuthService;
  readonly catalog: CatalogService;
  readonly database: Knex;
}

/** Measures every service, in each of its production environments, over a window. @internal */
export class GaugeService {
  private readonly reader: GaugeReader;

  constructor(private readonly options: GaugeOptions) {
    this.reader = new GaugeReader(options.database);
  }

  /** From (inclusive) to (exclusive), in milliseconds since 1970. */
  async gauges(window: {
    readonly from: number;
    readonly to: number;
  }): Promise<readonly ServiceReading[]> {
    const rows = await this.reader.read(window);
    const owners = await this.ownersOf(rows.map(({ service }) => service));
    return rows.map(({ service, environment, parts }) =>
      reading(
        { service, environment, team: owners.get(service) },
        fiveMetrics(toParts(parts), window.to),
      ),
    );
  }

  /** The owners of these services; those that the catalog has lost have none. */
  private async ownersOf(
    refs: readonly string[],
  ): Promise<ReadonlyMap<string, string>> {
    const { auth, catalog } = this.options;
    const credentials = await auth.getOwnServiceCredentials();
    const owners = new Map<string, string>();
    const all = [...new Set(refs)];
    for (let start = 0; start < all.length; start += AT_ONCE) {
      const entityRefs = all.slice(start, start + AT_ONCE);
      const { items } = await catalog.getEntitiesByRefs(
        { entityRefs, fields: ['relations'] },
        { credentials },
      );
      items.forEach((item, index) => {
        const owner = item?.relations?.find(r => r.type === RELATION_OWNED_BY);
        if (owner) owners.set(entityRefs[index], owner.targetRef);
      });
    }
    return owners;
  }
}

function toParts(
  parts: Omit<MetricParts, 'ongoing' | 'observedDays'>,
): MetricParts {
  return { ...parts, ongoing: [], observedDays: 0 };
}

function reading(
  labels: Pick<ServiceReading, 'service' | 'environment' | 'team'>,
  metrics: FiveMetrics,
): ServiceReading {
  const { changeLeadTime: lead, failedDeploymentRecoveryTime: recovery } =
    metrics;
  return {
    ...labels,
    deployments: metrics.deploymentFrequency.deployments,
    leadTimeSeconds: {
      '0.5': lead.medianSeconds,
      '0.75': lead.p75Seconds,
      '0.9': lead.p90Seconds,
    },
    changeFailRate: metrics.changeFailRate.rate,
    recoverySeconds: {
      '0.5': recovery.medianSeconds,
      '0.9': recovery.p90Seconds,
    },
    reworkRate: metrics.deploymentReworkRate.rate,
  };
}
