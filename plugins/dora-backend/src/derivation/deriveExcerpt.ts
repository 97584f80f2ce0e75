import {
  deriveService,
  type DeploymentFacts,
  type EngineOptions,
} from '@waymark/plugin-dora-common';
import type { Excerpt } from './Excerpt';
import type { FactRow, Link } from './Job';
import { toFact } from './toFact';
import { touchedBefore } from './touchedBefore';

/** What a job comes to. @internal */
export interface Derived {
  readonly excerpt: Excerpt;
  /** Since the start. */
  readonly facts: readonly FactRow[];
  /** Of the incidents that were looked at. */
  readonly links: readonly Link[];
  /** By row id of the deployment that speaks for it: the revision that it should be compared with. */
  readonly bases: ReadonlyMap<string, Base>;
  /** The earliest instant that has to be derived anew; the job's start where that will do. */
  readonly start: number;
}

/** What a deployment's changes are counted from. @internal */
export interface Base {
  readonly revision?: string;
  /** They are counted, and are not known. */
  readonly unknown: boolean;
}

/** Derives the facts of an excerpt, and finds out whether it began early enough. @internal */
export function deriveExcerpt(
  excerpt: Excerpt,
  options: EngineOptions,
): Derived {
  const { job, suffix, context, incidents, changes } = excerpt;
  const { facts } = deriveService({
    deployments: [
      ...suffix.map(({ rowId, deployment }) => ({
        ...deployment,
        changes: changes.get(rowId),
      })),
      ...context.map(({ deployment }) => ({ ...deployment, changes: [] })),
    ],
    incidents: incidents.map(({ incident }) => incident),
    liveBefore: excerpt.liveBefore,
    parentsBefore: excerpt.parentsBefore,
    options,
  });
  const ids = idsOf(excerpt);
  const since = facts.filter(({ finishedAt }) => finishedAt >= job.start);
  const touches = touchesOf(facts, ids.deployments);
  const links = linksOf(excerpt, facts, ids);
  return {
    excerpt,
    facts: since.map(fact => toFact(fact, { job, ids, touches })),
    links,
    bases: basesOf(since, ids),
    start: Math.min(
      job.start,
      ...touchedBefore(excerpt, facts, ids.deployments),
      ...touchedByIncidents(excerpt, links, facts, ids),
    ),
  };
}

/** Row ids by key. @internal */
export interface Ids {
  readonly deployments: ReadonlyMap<string, string>;
  readonly incidents: ReadonlyMap<string, string>;
}

function idsOf({ suffix, context, incidents }: Excerpt): Ids {
  return {
    deployments: new Map(
      [...suffix, ...context].map(row => [row.deployment.key, row.rowId]),
    ),
    incidents: new Map(incidents.map(row => [row.incident.key, row.rowId])),
  };
}

/** By key: the row ids of the earlier deployments that failed because of it. */
function touchesOf(
  facts: readonly DeploymentFacts[],
  ids: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly string[]> {
  const result = new Map<string, string[]>();
  for (const { key, failures } of facts) {
    for (const by of failures.flatMap(f => ('by' in f ? [f.by] : []))) {
      result.set(by, [...(result.get(by) ?? []), ids.get(key)!]);
    }
  }
  return result;
}

function basesOf(
  facts: readonly DeploymentFacts[],
  ids: Ids,
): Derived['bases'] {
  return new Map(
    facts
      .filter(({ role }) => role === 'new')
      .map(({ key, previousRevision, changesUnknown }) => [
        ids.deployments.get(key)!,
        { revision: previousRevision, unknown: changesUnknown },
      ]),
  );
}

/** Which deployment each incident is attributed to. */
function linksOf(
  { incidents }: Excerpt,
  facts: readonly DeploymentFacts[],
  ids: Ids,
): readonly Link[] {
  const unitOf = new Map(
    facts.flatMap(({ key, failures }) =>
      failures.flatMap(failure =>
        failure.kind === 'incident' ? [[failure.incident, key] as const] : [],
      ),
    ),
  );
  return incidents.map(({ rowId, incident: { key, intervals } }) => {
    const unit = unitOf.get(key);
    return {
      incidentId: rowId,
      openedAt: intervals[0].openedAt,
      deploymentId: unit === undefined ? undefined : ids.deployments.get(unit),
      signature: `${intervals[0].openedAt}/${
        intervals.at(-1)!.resolvedAt ?? ''
      }`,
    };
  });
}

/**
 * Where an incident or its attribution has changed, or it is gone, the facts
 * of the old and the new deployment have to be derived anew.
 */
function touchedByIncidents(
  { incidents, links: stored }: Excerpt,
  links: readonly Link[],
  facts: readonly DeploymentFacts[],
  ids: Ids,
): number[] {
  const finishes = new Map(
    facts.map(fact => [ids.deployments.get(fact.key)!, fact.finishedAt]),
  );
  const before = new Map(stored.map(link => [link.incidentId, link]));
  const now = new Map(links.map(link => [link.incidentId, link]));
  const linked = [...new Set([...before.keys(), ...now.keys()])].flatMap(id => {
    const [old, link] = [before.get(id), now.get(id)];
    return sameLink(old, link)
      ? []
      : [old?.finishedAt, finishes.get(link?.deploymentId ?? '')];
  });
  // Attributed by its time, not by name: what was live at that time matters.
  const byTime = incidents
    .filter(({ incident }) => !incident.deployment && !incident.revision)
    .map(({ incident }) => incident.intervals[0].openedAt);
  return [...linked, ...byTime].filter(instant => instant !== undefined);
}

/** Whether nothing has changed for the facts. @internal */
export function sameLink(a: Link | undefined, b: Link | undefined): boolean {
  return a?.deploymentId === b?.deploymentId && a?.signature === b?.signature;
}
