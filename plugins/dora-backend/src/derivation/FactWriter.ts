import type { Knex } from 'knex';
import { query } from '../facts/query';
import { FLAGS } from '../facts/flags';
import { sameLink, type Derived } from './deriveExcerpt';
import { contentOf, FACT_TABLE } from './factColumns';
import type { FactRow, Link } from './Job';

/** Writes what differs from what is stored, and nothing else. @internal */
export class FactWriter {
  constructor(private readonly trx: Knex.Transaction) {}

  async write(derived: readonly Derived[]): Promise<void> {
    const shared = await this.sharedRollouts(derived);
    const gone: FactRow[] = [];
    const changed: FactRow[] = [];
    for (const { excerpt, facts } of derived) {
      const before = new Map(excerpt.stored.map(f => [f.deploymentId, f]));
      for (const fact of facts) {
        const row = withShared(fact, shared);
        const old = before.get(row.deploymentId);
        before.delete(row.deploymentId);
        if (!old || contentOf(old) !== contentOf(row)) changed.push(row);
      }
      gone.push(...before.values());
    }
    await this.deleteFacts(gone);
    await this.upsertFacts(changed);
    await this.markShared(shared);
    await this.writeLinks(derived);
  }

  /** Rollouts of these facts that have deployments of several services. */
  private async sharedRollouts(
    derived: readonly Derived[],
  ): Promise<ReadonlySet<string>> {
    const rollouts = derived.flatMap(({ facts }) =>
      facts.flatMap(({ rolloutId }) => rolloutId ?? []),
    );
    if (rollouts.length === 0) return new Set();
    const rows = await query<{ rollout_id: string }>(
      this.trx,
      `SELECT rollout_id FROM deployments
      WHERE rollout_id = any(?::text[]) AND production AND status IN ('success', 'failure') AND finished_at IS NOT NULL
      GROUP BY 1 HAVING count(DISTINCT service_id) > 1`,
      [[...new Set(rollouts)]],
    );
    return new Set(rows.map(row => row.rollout_id));
  }

  /** The facts that other services have of these rollouts. */
  private async markShared(shared: ReadonlySet<string>): Promise<void> {
    if (shared.size === 0) return;
    await query(
      this.trx,
      `UPDATE facts SET flags = flags | ${FLAGS.shared} WHERE rollout_id = any(?::text[]) AND flags & ${FLAGS.shared} = 0`,
      [[...shared]],
    );
  }

  private async deleteFacts(rows: readonly FactRow[]): Promise<void> {
    if (rows.length === 0) return;
    await query(
      this.trx,
      `DELETE FROM facts f USING unnest(?::bigint[], ?::text[]) AS g(deployment_id, view)
      WHERE f.deployment_id = g.deployment_id AND f.view = g.view`,
      [rows.map(row => row.deploymentId), rows.map(row => row.view)],
    );
  }

  private async upsertFacts(rows: readonly FactRow[]): Promise<void> {
    if (rows.length === 0) return;
    const names = FACT_TABLE.map(({ name }) => name);
    // An array of arrays would have to be rectangular.
    const nested = (type: string) => type.endsWith('[]');
    await query(
      this.trx,
      `INSERT INTO facts (${names.join(', ')})
      SELECT ${FACT_TABLE.map(({ name, type }) =>
        nested(type) ? `${name}::${type}` : name,
      ).join(', ')}
      FROM unnest(${FACT_TABLE.map(({ type }) =>
        nested(type) ? '?::text[]' : `?::${type}[]`,
      ).join(', ')}) AS r(${names.join(', ')})
      ON CONFLICT (deployment_id, view) DO UPDATE SET ${names
        .slice(2)
        .map(name => `${name} = excluded.${name}`)
        .join(', ')}`,
      FACT_TABLE.map(({ of }) => rows.map(row => of(row) ?? null)),
    );
  }

  private async writeLinks(derived: readonly Derived[]): Promise<void> {
    const gone: { id: string; view: string }[] = [];
    const changed: { link: Link; view: string; serviceId: number }[] = [];
    for (const { excerpt, links } of derived) {
      const { view, serviceId } = excerpt.job;
      const before = new Map(excerpt.links.map(l => [l.incidentId, l]));
      for (const link of links) {
        const old = before.get(link.incidentId);
        before.delete(link.incidentId);
        if (!old || !sameLink(old, link)) {
          changed.push({ link, view, serviceId });
        }
      }
      gone.push(...[...before.keys()].map(id => ({ id, view })));
    }
    await this.deleteLinks(gone);
    await this.upsertLinks(changed);
  }

  private async deleteLinks(
    links: readonly { id: string; view: string }[],
  ): Promise<void> {
    if (links.length === 0) return;
    await query(
      this.trx,
      `DELETE FROM incident_facts f USING unnest(?::bigint[], ?::text[]) AS g(incident_id, view)
      WHERE f.incident_id = g.incident_id AND f.view = g.view`,
      [links.map(({ id }) => id), links.map(({ view }) => view)],
    );
  }

  private async upsertLinks(
    links: readonly { link: Link; view: string; serviceId: number }[],
  ): Promise<void> {
    if (links.length === 0) return;
    await query(
      this.trx,
      `INSERT INTO incident_facts (incident_id, view, service_id, opened_at, deployment_id, signature)
      SELECT * FROM unnest(?::bigint[], ?::text[], ?::int[], ?::timestamptz[], ?::bigint[], ?::text[])
      ON CONFLICT (incident_id, view) DO UPDATE SET service_id = excluded.service_id,
        opened_at = excluded.opened_at, deployment_id = excluded.deployment_id, signature = excluded.signature`,
      [
        links.map(({ link }) => link.incidentId),
        links.map(({ view }) => view),
        links.map(({ serviceId }) => serviceId),
        links.map(({ link }) => new Date(link.openedAt).toISOString()),
        links.map(({ link }) => link.deploymentId ?? null),
        links.map(({ link }) => link.signature),
      ],
    );
  }
}

function withShared(fact: FactRow, shared: ReadonlySet<string>): FactRow {
  return fact.rolloutId !== undefined && shared.has(fact.rolloutId)
    ? { ...fact, flags: fact.flags + FLAGS.shared }
    : fact;
}
