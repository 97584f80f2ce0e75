import { cpus, loadavg, totalmem } from 'node:os';
import { derive } from './dataset/derive';
import { extend, multiply } from './dataset/extend';
import { load, Size } from './dataset/load';
import { badLines } from './measure/badLines';
import { drained, ingestion } from './measure/ingestion';
import { measure, Measured } from './measure/measure';
import { verifyOrganisation, verifyServices } from './measure/verify';
import { BenchOptions, readOptions } from './options';
import { report, Results } from './report';
import { Backend } from './run/Backend';
import { DatabaseServer } from './run/Database';
import { say, timed } from './run/say';

const DAY = 86_400_000;
/** Days of history; the first is a tenth of the second. */
const SHORT = 110;
const FULL = 1095;

async function main() {
  const options = readOptions(process.argv.slice(2));
  const server = await timed('PostgreSQL', () => DatabaseServer.start());
  const stop = () => void server.end().then(() => process.exit(130));
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    const to = Math.floor(Date.now() / DAY) * DAY;
    const short = await shortHistory(server, options, to);
    const full = await fullHistory(server, options, to);
    await report(
      {
        ...short,
        ...full,
        histories: [...short.histories, ...full.histories],
        options,
        machine: machine(),
      } as Results,
      options.write,
    );
  } finally {
    await server.end();
  }
}

/** A tenth of the history, and what needs no history at all. */
async function shortHistory(
  server: DatabaseServer,
  options: BenchOptions,
  to: number,
) {
  const size = { services: options.services, from: to - SHORT * DAY, to };
  return withDataset(server, 'short', size, async (backend, knex) => {
    await timed('Comparing the organisation with the engine', () =>
      verifyOrganisation(backend, size),
    );
    const histories = [await measure(backend, knex, 'a tenth', size)];
    const stream = await timed('A stream of good and bad lines', () =>
      badLines(backend, { ...options, to }),
    );
    await timed('Processing them', () => drained(knex));
    return { histories, stream };
  });
}

async function fullHistory(
  server: DatabaseServer,
  options: BenchOptions,
  to: number,
) {
  const distinct = options.copies ? options.services / 10 : options.services;
  const size = {
    ...{ services: options.services, distinct },
    ...{ from: to - FULL * DAY, to },
  };
  const histories: Measured[] = [];
  const full = await withDataset(
    server,
    'full',
    size,
    async (backend, knex) => {
      const verified = await timed('Comparing services with the engine', () =>
        verifyServices(backend, size, 20),
      );
      histories.push(await measure(backend, knex, 'three years', size));
      if (options.long) {
        await timed('Making the history ten times as long', () =>
          extend(knex, { times: 10, span: FULL * DAY }),
        );
        histories.push(await measure(backend, knex, 'thirty years', size));
      }
      // last: a minute of events is more than services have in a month
      const ingested = await timed('Ingesting', () =>
        ingestion(backend, knex, { ...options, rate: 1000, to }),
      );
      return { verified, ingested };
    },
  );
  return { ...full, histories };
}

async function withDataset<T>(
  server: DatabaseServer,
  prefix: string,
  size: Size,
  work: (
    backend: Backend,
    knex: ReturnType<DatabaseServer['open']>,
  ) => Promise<T>,
): Promise<T> {
  const database = `${prefix}_dora`;
  const connection = server.connection(database);
  const knex = await server.create(database);
  try {
    await timed(`Loading ${prefix} history`, () =>
      load(knex, connection, size),
    );
    const { services, distinct = services } = size;
    await timed('Deriving its facts', () => derive(connection, distinct));
    if (distinct < services) {
      await timed('Copying them to other services', () =>
        multiply(knex, { times: services / distinct, services: distinct }),
      );
    }
    await knex.raw('VACUUM ANALYZE');
    const backend = await Backend.start(server, {
      prefix,
      services: size.services,
    });
    try {
      return await work(backend, knex);
    } finally {
      await backend.end();
    }
  } finally {
    await knex.destroy();
    await server.drop(database);
  }
}

function machine(): string {
  const gigabytes = Math.round(totalmem() / 1024 ** 3);
  return `${
    cpus().length
  } cores (${cpus()[0].model.trim()}), ${gigabytes} GB, load ${loadavg()[0].toFixed(
    1,
  )} at the end, Node ${process.versions.node}`;
}

main().catch(error => {
  say(`The benchmark failed: ${error.stack}`);
  process.exitCode = 1;
});
