import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { COLUMNS, Table } from './rows';

/** A table that rows are copied into as they come. */
export class CopyTarget {
  static async open(connection: string, table: Table): Promise<CopyTarget> {
    const client = new Client(connection);
    await client.connect();
    // deployments and their changes come by different connections
    await client.query('SET session_replication_role = replica');
    const stream = client.query(
      copyFrom(`COPY ${table} (${COLUMNS[table]}) FROM STDIN`),
    );
    return new CopyTarget(client, stream);
  }

  private constructor(
    private readonly client: Client,
    private readonly stream: ReturnType<typeof copyFrom>,
  ) {}

  async write(rows: string): Promise<void> {
    if (rows && !this.stream.write(rows)) await once(this.stream, 'drain');
  }

  async close(): Promise<void> {
    this.stream.end();
    await finished(this.stream);
    await this.client.end();
  }
}
