import type { Knex } from 'knex';
import { addCopy, COPIED, lastIds, resetSequences } from './copies';
import { dropIndexes } from './indexes';

/** Of how many services the commits are copied with a longer history: one in this many. */
export const CHANGES_OF_ONE_IN = 10;

/**
 * Puts copies of the whole history before it, so that it is `times` as long,
 * at the same rate. The facts move along: every deployment lists its changes,
 * so that none of them depends on what was before.
 */
export async function extend(
  knex: Knex,
  { times, span }: { times: number; span: number },
): Promise<void> {
  const last = await lastIds(knex);
  const indexes = await dropIndexes(knex, COPIED);
  for (let number = 1; number < times; number++) {
    await addCopy(knex, {
      ...{ number, last, services: 0 },
      seconds: (number * span) / 1000,
      changesOfOneIn: CHANGES_OF_ONE_IN,
    });
  }
  await knex.raw(
    `UPDATE services SET first_event_at = first_event_at - :seconds * interval '1 second'`,
    { seconds: ((times - 1) * span) / 1000 },
  );
  await resetSequences(knex);
  for (const index of indexes) await knex.raw(index);
  await knex.raw('VACUUM ANALYZE');
}

/** Adds services with the same histories as those there are, to `times` as many. */
export async function multiply(
  knex: Knex,
  { times, services }: { times: number; services: number },
): Promise<void> {
  const last = await lastIds(knex);
  const indexes = await dropIndexes(knex, COPIED);
  for (let number = 1; number < times; number++) {
    const offset = number * services;
    await knex.raw(
      `INSERT INTO services (id, ref, first_event_at, multi_environment, production_environments)
       SELECT id + :offset, 'component:default/service-' || (id - 1 + :offset), first_event_at, multi_environment, production_environments
       FROM services WHERE id <= :services`,
      { offset, services },
    );
    await addCopy(knex, {
      ...{ number, last, services: offset, seconds: 0, changesOfOneIn: 1 },
    });
  }
  await resetSequences(knex);
  for (const index of indexes) await knex.raw(index);
  await knex.raw('VACUUM ANALYZE');
}
