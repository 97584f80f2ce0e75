import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { freePort, startPostgres } from '@waymark/local';
import knexFactory, { Knex } from 'knex';

/** A PostgreSQL of this run's own, with the settings that local mode gives it. */
export class DatabaseServer {
  static async start(): Promise<DatabaseServer> {
    const home = await mkdtemp(join(tmpdir(), 'waymark-bench-'));
    await chmod(home, 0o711);
    const port = await freePort();
    const password = randomBytes(16).toString('hex');
    const server = await startPostgres({
      home,
      port,
      password,
      passwordIsNew: true,
      logFile: join(home, 'postgres.log'),
    });
    const end = async () => {
      await server.end();
      await rm(home, { recursive: true, force: true });
    };
    return new DatabaseServer(home, { port, password }, end);
  }

  private constructor(
    readonly home: string,
    readonly address: { readonly port: number; readonly password: string },
    readonly end: () => Promise<void>,
  ) {}

  connection(database: string): string {
    const { port, password } = this.address;
    return `postgresql://postgres:${password}@127.0.0.1:${port}/${database}`;
  }

  /** An empty database with the tables of the DORA backend. */
  async create(name: string): Promise<Knex> {
    const admin = this.open('postgres');
    await admin.raw('CREATE DATABASE ??', [name]);
    await admin.destroy();
    const knex = this.open(name);
    const backend = dirname(
      require.resolve('@waymark/plugin-dora-backend/package.json'),
    );
    await knex.migrate.latest({ directory: join(backend, 'migrations') });
    return knex;
  }

  async drop(name: string): Promise<void> {
    const admin = this.open('postgres');
    await admin.raw('DROP DATABASE ?? WITH (FORCE)', [name]);
    await admin.destroy();
  }

  open(database: string): Knex {
    return knexFactory({
      client: 'pg',
      connection: this.connection(database),
      pool: { min: 0, max: 4 },
    });
  }
}
