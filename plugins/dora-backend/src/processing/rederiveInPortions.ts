import type { Knex } from 'knex';
import type {
  DerivationService,
  TouchedService,
} from '../derivation/DerivationService';

/** Deployments whose facts are derived at a time: what is late may touch years of many services. */
const MAX_DEPLOYMENTS = 10_000;

/**
 * Derives the facts of any number of services with as much memory as a few of
 * them need. Under `lockWrites`, in the transaction that wrote the rows.
 * @internal
 */
export async function rederiveInPortions(
  trx: Knex.Transaction,
  touched: readonly TouchedService[],
  derivation: Pick<DerivationService, 'rederive'>,
): Promise<void> {
  if (touched.length === 0) return;
  const counts = await countSince(trx, touched);
  let portion: TouchedService[] = [];
  let size = 0;
  for (const service of touched) {
    const count = counts.get(service.serviceId) ?? 0;
    if (portion.length > 0 && size + count > MAX_DEPLOYMENTS) {
      await derivation.rederive(trx, portion);
      portion = [];
      size = 0;
    }
    portion.push(service);
    size += count;
  }
  await derivation.rederive(trx, portion);
}

/** By service: how many deployments there are to derive anew, at least. @internal */
export async function countSince(
  trx: Knex.Transaction,
  touched: readonly TouchedService[],
): Promise<ReadonlyMap<number, number>> {
  const { rows } = await trx.raw(
    `SELECT t."serviceId" AS id, (
       SELECT count(*) FROM deployments d WHERE d.service_id = t."serviceId" AND d.finished_at >= t."from"
     )::integer AS count
     FROM json_to_recordset(?::json) AS t("serviceId" integer, "from" timestamptz)`,
    [JSON.stringify(touched)],
  );
  return new Map(
    rows.map((row: { id: number; count: number }) => [row.id, row.count]),
  );
}
