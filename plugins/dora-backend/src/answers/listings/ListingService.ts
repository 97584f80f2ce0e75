import { NotFoundError } from '@backstage/errors';
import type { DoraContext } from '../../context';
import { cursorAfter, type Page, type Position } from '../query/cursor';
import {
  DeploymentReader,
  type DeploymentRecord,
  type ListingScope,
} from './DeploymentReader';
import { DetailReader } from './DetailReader';
import { IncidentListReader } from './IncidentListReader';
import { ReasonReader } from './ReasonReader';
import { attribution } from './sentences';
import { toChangeAnswer } from './toChangeAnswer';
import { namesOf, toDeploymentAnswer } from './toDeploymentAnswer';
import type {
  DeploymentAnswer,
  DeploymentDetailAnswer,
  IncidentAnswer,
  PageAnswer,
} from './wire';

const MOST_CHANGES = 1000;
const HOUR = 3_600_000;

/** Lists what made the metrics, with the reasons in sentences. @internal */
export class ListingService {
  private readonly deploymentReader: DeploymentReader;
  private readonly incidentReader: IncidentListReader;
  private readonly detailReader: DetailReader;
  private readonly reasonReader: ReasonReader;

  constructor(
    private readonly options: Pick<DoraContext, 'config' | 'database'>,
  ) {
    this.deploymentReader = new DeploymentReader(options.database);
    this.incidentReader = new IncidentListReader(options.database);
    this.detailReader = new DetailReader(options.database);
    this.reasonReader = new ReasonReader(options.database);
  }

  async deployments(
    scope: ListingScope,
    page: Page,
  ): Promise<PageAnswer<DeploymentAnswer>> {
    const { items, nextCursor } = cut(
      await this.deploymentReader.page(scope, page),
      page,
    );
    return { items: await this.describe(items), nextCursor };
  }

  /** All deployments, in portions. */
  async *allDeployments(
    scope: ListingScope,
    size: number,
  ): AsyncGenerator<readonly DeploymentAnswer[]> {
    for await (const page of this.deploymentReader.pages(scope, size)) {
      yield this.describe(page);
    }
  }

  async incidents(
    scope: ListingScope,
    page: Page,
  ): Promise<PageAnswer<IncidentAnswer>> {
    const { config } = this.options;
    const rows = await this.incidentReader.page(scope, page);
    const { items, nextCursor } = cut(rows, page);
    return {
      items: items.map(row => {
        const intervals = row.intervals.map(({ openedAt, resolvedAt }) => ({
          openedAt: new Date(openedAt).toISOString(),
          resolvedAt:
            typeof resolvedAt === 'number'
              ? new Date(resolvedAt).toISOString()
              : null,
        }));
        return {
          id: row.id,
          externalId: row.external_id,
          source: row.source,
          service: row.ref,
          openedAt: row.opened_at.toISOString(),
          resolvedAt: intervals.at(-1)?.resolvedAt ?? null,
          intervals,
          title: row.title,
          severity: row.severity,
          url: row.url,
          deployment: row.deployment_id,
          attribution: attribution(
            row,
            row.deployment_id ?? undefined,
            config.attributionWindow / HOUR,
          ),
          sample: row.source === config.sampleSource,
        };
      }),
      nextCursor,
    };
  }

  /** @throws NotFoundError, also where the caller is not shown the service */
  async deployment(
    id: string,
    isShown: (serviceRef: string) => Promise<boolean>,
  ): Promise<DeploymentDetailAnswer> {
    const row = /^\d{1,18}$/.test(id)
      ? await this.deploymentReader.find(id)
      : undefined;
    if (!row || !(await isShown(row.ref))) {
      throw new NotFoundError(
        `There is no deployment with the id ${JSON.stringify(
          id.slice(0, 80),
        )}, or its service is not in the catalog, or not for you: take an id that GET /deployments lists.`,
      );
    }
    const [answer] = await this.describe([row]);
    const { detailReader } = this;
    const finishedAt =
      row.fact_id === null ? null : await detailReader.finishOf(row.fact_id);
    const changes = await detailReader.changes(row, finishedAt, MOST_CHANGES);
    const named = {
      deployments: await this.reasonReader.deployments(
        changes.flatMap(change => change.live_by ?? []),
      ),
      incidents: new Map(),
    };
    return {
      ...answer,
      changeList: changes
        .slice(0, MOST_CHANGES)
        .map(change => toChangeAnswer(change, row, finishedAt, named)),
      changeListCut: changes.length > MOST_CHANGES,
      changesReason: row.changes_reason,
      remediates: row.remediates,
      hotfix: row.hotfix,
      previousRevision: finishedAt
        ? await detailReader.previousRevision(row.service_id, finishedAt)
        : null,
      members: row.reasons?.members ?? [],
    };
  }

  private async describe(
    rows: readonly DeploymentRecord[],
  ): Promise<DeploymentAnswer[]> {
    const { config } = this.options;
    const names = rows.map(namesOf);
    const [deployments, incidents, changeCounts] = await Promise.all([
      this.reasonReader.deployments(names.flatMap(n => n.deployments)),
      this.reasonReader.incidents(names.flatMap(n => n.incidents)),
      this.reasonReader.changeCounts(rows.map(({ id }) => id)),
    ]);
    const context = {
      named: { deployments, incidents },
      changeCounts,
      sampleSource: config.sampleSource,
      attributionHours: config.attributionWindow / HOUR,
    };
    return rows.map(row => toDeploymentAnswer(row, context));
  }
}

function cut<T extends Position>(
  rows: readonly T[],
  { limit }: Page,
): { items: readonly T[]; nextCursor?: string } {
  const items = rows.slice(0, limit);
  return rows.length > limit
    ? { items, nextCursor: cursorAfter(items[items.length - 1]) }
    : { items };
}
