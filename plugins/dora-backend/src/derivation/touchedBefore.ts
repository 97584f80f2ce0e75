import type { DeploymentFacts } from '@waymark/plugin-dora-common';
import { FLAGS } from '../facts/flags';
import type { Excerpt } from './Excerpt';
import type { FactRow } from './Job';

/** That a later unit speaks against one; `by` is a row id. */
interface Failure {
  readonly kind: 'rolled-back' | 'remediated';
  readonly by: string;
}

/** A unit, as far as earlier ones rest on it. */
interface Node {
  readonly finishedAt: number;
  readonly succeeded: boolean;
  readonly failures: readonly Failure[];
}

/** By row id of the deployment that speaks for the unit. */
type Graph = ReadonlyMap<string, Node>;

/**
 * When the units before the start finished that later ones speak against
 * otherwise than is stored. One that is spoken against as before rests on
 * nothing that has changed, and a history that goes to and fro between two
 * revisions need not be derived anew from its beginning.
 * @internal
 */
export function touchedBefore(
  excerpt: Excerpt,
  facts: readonly DeploymentFacts[],
  rowIds: ReadonlyMap<string, string>,
): number[] {
  const { start } = excerpt.job;
  const stored = storedGraph([...excerpt.stored, ...excerpt.touched], start);
  const derived = derivedGraph(facts, rowIds, start);
  const reached = reachedFrom(stored, derived);
  return [...reached].flatMap(id => {
    const { finishedAt } = stored.get(id) ?? derived.get(id)!;
    return finishedAt < start ? [finishedAt] : [];
  });
}

function storedGraph(rows: readonly FactRow[], start: number): Graph {
  const nodes = rows.map((row): readonly [string, Node] => [
    row.deploymentId,
    {
      finishedAt: row.finishedAt,
      succeeded: (row.flags & FLAGS.succeeded) !== 0,
      failures: (row.reasons?.failures ?? []).flatMap(({ kind, by }) =>
        isLater(kind) && by !== undefined ? [{ kind, by }] : [],
      ),
    },
  ]);
  return withoutEarlier(nodes, start);
}

function derivedGraph(
  facts: readonly DeploymentFacts[],
  rowIds: ReadonlyMap<string, string>,
  start: number,
): Graph {
  const nodes = facts.map(
    ({ key, finishedAt, succeeded, failures }): readonly [string, Node] => [
      rowIds.get(key)!,
      {
        finishedAt,
        succeeded,
        failures: failures.flatMap(failure =>
          'by' in failure
            ? [{ kind: failure.kind, by: rowIds.get(failure.by)! }]
            : [],
        ),
      },
    ],
  );
  return withoutEarlier(nodes, start);
}

function isLater(kind: string): kind is Failure['kind'] {
  return kind === 'rolled-back' || kind === 'remediated';
}

/** What units before the start say of each other is true already. */
function withoutEarlier(
  nodes: readonly (readonly [string, Node])[],
  start: number,
): Graph {
  const since = new Set(
    nodes.filter(([, node]) => node.finishedAt >= start).map(([id]) => id),
  );
  return new Map(
    nodes.flatMap(([id, node]) => {
      const failures = node.failures.filter(({ by }) => since.has(by));
      return since.has(id) || failures.length > 0
        ? [[id, { ...node, failures }] as const]
        : [];
    }),
  );
}

/**
 * The units whose recovery may not be what it was: those that are spoken
 * against otherwise, and all that these remediate, for that is over with the
 * last of a chain. A rollback ends what it rolled back by itself.
 */
function reachedFrom(stored: Graph, derived: Graph): ReadonlySet<string> {
  const moved = new Set<string>();
  const reached = new Set<string>();
  for (const id of new Set([...stored.keys(), ...derived.keys()])) {
    const [before, now] = [stored.get(id), derived.get(id)];
    if (
      before?.finishedAt !== now?.finishedAt ||
      before?.succeeded !== now?.succeeded
    ) {
      moved.add(id);
    }
    if (moved.has(id) || listOf(before) !== listOf(now)) reached.add(id);
  }
  const speaksAgainst = reversed(stored, derived);
  // A set may grow while it is walked.
  for (const id of reached) {
    for (const { kind, of } of speaksAgainst.get(id) ?? []) {
      if (kind === 'remediated' || moved.has(id)) reached.add(of);
    }
  }
  return reached;
}

function listOf(node: Node | undefined): string {
  return (node?.failures ?? []).map(({ kind, by }) => kind + by).join();
}

function reversed(...graphs: readonly Graph[]) {
  const result = new Map<string, { kind: Failure['kind']; of: string }[]>();
  for (const graph of graphs) {
    for (const [of, { failures }] of graph) {
      for (const { kind, by } of failures) {
        const list = result.get(by);
        if (list) list.push({ kind, of });
        else result.set(by, [{ kind, of }]);
      }
    }
  }
  return result;
}
