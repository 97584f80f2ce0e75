import type {
  DeploymentRow,
  DoraApi,
  IncidentRow,
  WindowQuery,
} from '../../api';

/** How many deployments, and how many incidents, a timeline holds. @internal */
export const SHOWN_AT_MOST = 500;

/** What a timeline is drawn from. @internal */
export interface LoadedTimeline {
  readonly deployments: readonly DeploymentRow[];
  readonly incidents: readonly IncidentRow[];
  /** There are more. */
  readonly cut: boolean;
}

/** The latest finished deployments of a window, and its incidents. @internal */
export async function loadTimeline(
  api: DoraApi,
  query: WindowQuery,
  signal: AbortSignal,
): Promise<LoadedTimeline> {
  const page = { ...query, limit: SHOWN_AT_MOST };
  const [deployments, incidents] = await Promise.all([
    api.getDeployments(page, signal),
    api.getIncidents(page, signal),
  ]);
  return {
    deployments: deployments.items.filter(
      ({ counts, finishedAt }) => counts && finishedAt,
    ),
    incidents: incidents.items,
    cut: Boolean(deployments.nextCursor || incidents.nextCursor),
  };
}
