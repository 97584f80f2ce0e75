import type { DeploymentQuery, DeploymentRow, DoraApi, Page } from '../../api';
import type { Show } from '../../view';

const ENOUGH = 25;
const PAGE_SIZE = 50;
const SEARCHED_PAGE_SIZE = 500;
const PAGES_AT_ONCE = 10;

const BELONGS: Record<Show, (row: DeploymentRow) => boolean> = {
  all: () => true,
  failed: row => row.failed,
  rework: row => row.rework,
  changes: row => row.changes.samples > 0,
  recovery: row => row.failed,
};

/** The next deployments that belong to a metric; reads on until there are enough for a look. @internal */
export async function findDeployments(
  api: DoraApi,
  query: DeploymentQuery & { readonly shown: Show },
  signal: AbortSignal,
): Promise<Page<DeploymentRow>> {
  const { shown, ...plain } = query;
  const found: DeploymentRow[] = [];
  let cursor = query.cursor;
  for (let pages = 0; pages < PAGES_AT_ONCE; pages++) {
    const page = await api.getDeployments(
      {
        ...plain,
        cursor,
        limit: shown === 'all' ? PAGE_SIZE : SEARCHED_PAGE_SIZE,
      },
      signal,
    );
    found.push(...page.items.filter(BELONGS[shown]));
    cursor = page.nextCursor ?? undefined;
    if (!cursor || found.length >= ENOUGH) break;
  }
  return { items: found, nextCursor: cursor };
}
