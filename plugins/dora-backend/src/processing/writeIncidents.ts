import { canonicalJson, type Incident } from '@waymark/plugin-dora-common';
import type { Knex } from 'knex';
import { IncidentStore, type StoredIncident } from '../database/IncidentStore';
import type { TouchedInstants } from './TouchedInstants';

const store = new IncidentStore();

/** Writes the incidents that are not what they were. @internal */
export async function writeIncidents(
  incidents: readonly Incident[],
  {
    trx,
    serviceIds,
  }: { trx: Knex.Transaction; serviceIds: ReadonlyMap<string, number> },
  touched: TouchedInstants,
): Promise<void> {
  const merged = incidents
    .filter(incident => incident.intervals.length > 0)
    .map(
      (incident): StoredIncident => ({
        serviceId: serviceIds.get(incident.service)!,
        source: incident.source,
        externalId: incident.id,
        intervals: incident.intervals,
        deployment: incident.deployment,
        revision: incident.revision,
        severity: incident.severity,
        title: incident.title,
        url: incident.url,
      }),
    );
  const known = new Map(
    (await store.find(trx, merged)).map(stored => [
      incidentKeyOf(stored),
      stored,
    ]),
  );
  const writes = merged.filter(
    row => canonicalJson(row) !== canonicalJson(known.get(incidentKeyOf(row))),
  );
  await store.upsert(trx, writes);
  for (const row of writes) {
    touched.addIncident(row);
    const before = known.get(incidentKeyOf(row));
    if (before) touched.addIncident(before);
  }
}

function incidentKeyOf(incident: StoredIncident): string {
  const { serviceId, source, externalId } = incident;
  return JSON.stringify([serviceId, source, externalId]);
}
