import type { DeploymentQuery, DeploymentRow, DoraApi, Page } from '../../api';
import type { Show } from '../../view';

const PAGE_SIZE = 50;

const ASKED: Partial<Record<Show, DeploymentQuery['show']>> = {
  failed: 'failed',
  rework: 'rework',
  recovery: 'failed',
};

/**
 * The next page of the deployments that belong to a metric. Those with new
 * changes, which nearly all have, are picked from the page of all.
 * @internal
 */
export async function findDeployments(
  api: DoraApi,
  query: DeploymentQuery & { readonly shown: Show },
  signal: AbortSignal,
): Promise<Page<DeploymentRow>> {
  const { shown, ...window } = query;
  const page = await api.getDeployments(
    { ...window, show: ASKED[shown], limit: PAGE_SIZE },
    signal,
  );
  return shown === 'changes'
    ? { ...page, items: page.items.filter(row => row.changes.samples > 0) }
    : page;
}
