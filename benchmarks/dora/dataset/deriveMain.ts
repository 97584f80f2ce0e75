import knexFactory from 'knex';
// What is measured is the backend's own; it exports its plugin only.
// eslint-disable-next-line @backstage/no-forbidden-package-imports
import { createDerivation } from '@waymark/plugin-dora-backend/src/derivation/createDerivation';

// Derives the facts of some services with the backend's own derivation: argv names the first and the step.
async function main() {
  const [connection, first, step, services] = process.argv.slice(2);
  const knex = knexFactory({
    client: 'pg',
    connection,
    pool: { min: 0, max: 1 },
  });
  const derivation = createDerivation({
    config: {
      productionEnvironments: ['production', 'prod'],
      failedAttemptsCount: true,
      attributionWindow: 72 * 3_600_000,
      retention: {},
      webhooks: {},
    },
  });
  const beginning = new Date(0);
  for (let id = Number(first); id <= Number(services); id += Number(step)) {
    await knex.transaction(trx =>
      derivation.rederive(trx, [{ serviceId: id, from: beginning }]),
    );
  }
  await knex.destroy();
}

void main();
