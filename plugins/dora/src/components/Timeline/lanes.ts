import type { DeploymentRow, IncidentRow } from '../../api';
import type { LoadedTimeline } from './loadTimeline';

/** Something at its place in a lane, from 0 (start of the window) to 1. @internal */
export interface Placed<T> {
  readonly item: T;
  readonly from: number;
  readonly to: number;
}

/** What happened to one service, oldest first. @internal */
export interface LaneData {
  readonly service: string;
  readonly deployments: readonly Placed<DeploymentRow>[];
  readonly incidents: readonly Placed<IncidentRow>[];
}

/** A lane for each service, the busiest first. @internal */
export function toLanes(
  { deployments, incidents }: LoadedTimeline,
  window: { readonly from: string; readonly to: string },
): readonly LaneData[] {
  const start = Date.parse(window.from);
  const length = Math.max(1, Date.parse(window.to) - start);
  const place = (instant: string | null | undefined) =>
    instant
      ? Math.min(1, Math.max(0, (Date.parse(instant) - start) / length))
      : 1;
  const services = new Set(
    [...deployments, ...incidents].map(({ service }) => service),
  );
  return [...services]
    .map(service => ({
      service,
      deployments: deployments
        .filter(row => row.service === service)
        .map(item => ({
          item,
          from: place(item.finishedAt),
          to: place(item.finishedAt),
        }))
        .reverse(),
      incidents: incidents
        .filter(row => row.service === service)
        .map(item => ({
          item,
          from: place(item.openedAt),
          to: place(item.resolvedAt),
        }))
        .reverse(),
    }))
    .sort(
      (a, b) =>
        b.deployments.length - a.deployments.length ||
        a.service.localeCompare(b.service),
    );
}
