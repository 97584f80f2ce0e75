import { ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '@waymark/local';
import { DatabaseServer } from './Database';

const READY_WITHIN_MS = 120_000;
const MEGABYTE = 1024 ** 2;

/** A backend with the DORA plugin, in a process of its own. */
export class Backend {
  static async start(
    server: DatabaseServer,
    options: { prefix: string; services: number },
  ): Promise<Backend> {
    const port = await freePort();
    const token = randomBytes(24).toString('hex');
    const config = join(server.home, `${options.prefix}.json`);
    writeFileSync(
      config,
      JSON.stringify(configuration(server, { ...options, port, token })),
      { mode: 0o600 },
    );
    const log = openSync(join(server.home, `${options.prefix}.log`), 'a');
    const child = spawn(
      process.execPath,
      [
        // the code is compiled in the process, which leaves a lot to collect
        '--max-old-space-size=384',
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        require.resolve('./backendMain'),
        ...['--config', config],
      ],
      {
        env: {
          ...process.env,
          NODE_ENV: 'production',
          LOG_LEVEL: 'warn',
          BENCH_SERVICES: String(options.services),
        },
        stdio: ['ignore', log, log],
      },
    );
    const backend = new Backend(child, `http://127.0.0.1:${port}`, token);
    try {
      await backend.ready();
      return backend;
    } catch (error) {
      await backend.end();
      throw error;
    }
  }

  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    readonly token: string,
  ) {}

  /** Asks the DORA plugin, as a service does. */
  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(`${this.url}/api/dora/v1${path}`, {
      ...init,
      headers: {
        authorization: `Bearer ${this.token}`,
        'content-type': 'application/json',
        ...init.headers,
      },
    });
  }

  /** What `GET` answers. Throws where it is no success. */
  async get<T = any>(path: string): Promise<T> {
    const response = await this.fetch(path);
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
    return JSON.parse(text);
  }

  /** Resident memory in megabytes. */
  memory(): number {
    const status = readFileSync(`/proc/${this.child.pid}/status`, 'utf8');
    return (Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1024) / MEGABYTE;
  }

  async end(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const gone = new Promise(resolve => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    const insist = setTimeout(() => this.child.kill('SIGKILL'), 10_000);
    await gone;
    clearTimeout(insist);
  }

  private async ready(): Promise<void> {
    const deadline = Date.now() + READY_WITHIN_MS;
    while (Date.now() < deadline) {
      if (this.child.exitCode !== null) break;
      const answer = await fetch(
        `${this.url}/.backstage/health/v1/readiness`,
      ).catch(() => undefined);
      if (answer?.ok) return;
      await new Promise(resolve => setTimeout(resolve, 100));
    }
    throw new Error('The backend did not get ready: see its log');
  }
}

function configuration(
  server: DatabaseServer,
  options: { prefix: string; port: number; token: string },
) {
  const { port, prefix, token } = options;
  const access = { token, subject: 'benchmark' };
  return {
    app: { baseUrl: `http://127.0.0.1:${port}` },
    backend: {
      baseUrl: `http://127.0.0.1:${port}`,
      listen: { host: '127.0.0.1', port },
      auth: { externalAccess: [{ type: 'static', options: access }] },
      database: {
        client: 'pg',
        prefix: `${prefix}_`,
        connection: {
          host: '127.0.0.1',
          user: 'postgres',
          ...server.address,
        },
      },
    },
    dora: { retention: { events: false } },
  };
}
