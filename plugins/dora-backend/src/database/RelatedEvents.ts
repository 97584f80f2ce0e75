import type {
  DeploymentEvent,
  DoraEvent,
  IncidentEvent,
} from '@waymark/plugin-dora-common';
import type { Knex } from 'knex';

/** Statuses that end a deployment or an incident: they are never put aside. */
const ENDS = ['success', 'failure', 'cancelled', 'skipped', 'resolved'];

/** Events of one deployment or incident that are merged: as many of each sort, the latest of their source. */
const MAX_OF_ONE = { events: 1_000, bytes: 64 * 1024 * 1024 };
const SUPERSEDED = `Its deployment or incident has ${MAX_OF_ONE.events} later events that do not end it either, and more are not merged: send one when the status changes.`;

/** What an event belongs to: the deployment of each of its services, or its incident. */
const BELONGS = `CROSS JOIN LATERAL (
  SELECT e.body->>'environment' AS environment, ref FROM unnest(e.resolved_refs) AS ref WHERE e.kind = 'deployment'
  UNION ALL SELECT '', '' WHERE e.kind = 'incident') AS part`;

/** Everything that was told of a deployment or an incident. @internal */
export class RelatedEvents {
  /**
   * The events of the deployments and incidents that these speak of, a
   * deployment's once for each service that was touched. How many are merged
   * is bounded, and depends on their source's times alone; those before that
   * end nothing go into the inbox.
   */
  async of(
    trx: Knex.Transaction,
    ids: readonly string[],
  ): Promise<DoraEvent[]> {
    const { rows } = await trx.raw(
      `WITH touched AS (
         SELECT DISTINCT e.kind, e.source, e.external_id, part.environment, part.ref
         FROM events e ${BELONGS} WHERE e.id = ANY(:ids::bigint[])
       ), ranked AS (
         SELECT e.id, part.ref, e.status = ANY(:ends::text[]) AS ends,
           row_number() OVER latest AS rank, sum(e.size) OVER latest AS bytes
         FROM (SELECT DISTINCT kind, source, external_id FROM touched) AS named
         JOIN events e USING (kind, source, external_id) ${BELONGS}
         JOIN touched t ON t.kind = e.kind AND t.source = e.source AND t.external_id = e.external_id
           AND t.environment = part.environment AND t.ref = part.ref
         WHERE e.state <> 'rejected'
         WINDOW latest AS (
           PARTITION BY e.kind, e.source, e.external_id, part.environment, part.ref, e.status = ANY(:ends::text[])
           ORDER BY e.instant DESC NULLS LAST, coalesce((e.body->>'occurredAt')::timestamptz, e.instant) DESC NULLS LAST, e.content_hash)
       ), superseded AS (
         SELECT id, count(*) AS parts FROM ranked WHERE NOT ends AND rank > :events GROUP BY id
       ), aside AS (
         UPDATE events SET state = 'rejected', reason = :reason FROM superseded
         WHERE events.id = superseded.id
           AND (events.kind = 'incident' OR superseded.parts = cardinality(events.resolved_refs))
       )
       SELECT e.kind, ranked.ref, e.resolved_refs, e.body FROM ranked JOIN events e USING (id)
       WHERE rank = 1 OR (rank <= :events AND bytes <= :bytes)`,
      { ...MAX_OF_ONE, ids: [...ids], ends: ENDS, reason: SUPERSEDED },
    );
    return rows.map(toEvent);
  }
}

interface Row {
  readonly kind: 'deployment' | 'incident';
  readonly ref: string;
  /** Empty where the catalog has none of the incident's services: it ends for others all the same. */
  readonly resolved_refs: readonly string[] | null;
  readonly body: object;
}

/** The body was validated before it was stored. */
function toEvent({ kind, ref, resolved_refs: refs, body }: Row): DoraEvent {
  return kind === 'incident'
    ? ({ ...body, kind, services: refs ?? [] } as unknown as IncidentEvent)
    : ({ ...body, kind, service: ref } as unknown as DeploymentEvent);
}
