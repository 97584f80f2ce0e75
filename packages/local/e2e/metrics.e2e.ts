import assert from 'node:assert/strict';
import { ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { expressions } from '@waymark/grafana';
import { stringify } from 'yaml';
import { readEarlierOverlay } from '../src/overlay/secrets';
import { freePort } from '../src/processes/freePort';
import { baseUrl, call, home, sampleReady, until } from './portal';

const DAY = 24 * 3_600_000;
const metricsUrl = new URL(process.env.WAYMARK_METRICS_URL ?? baseUrl);
const program = process.env.WAYMARK_PROMETHEUS;
const needsPrometheus = program
  ? {}
  : {
      skip: 'there is no Prometheus (on Debian and Ubuntu: apt-get install prometheus)',
    };

const ago = (days: number, hours = 0) =>
  new Date(Date.now() - days * DAY + hours * 3_600_000).toISOString();

/** As a pipeline and a pager report: a failed deployment, and what remedied it. */
async function report(kind: 'deployments' | 'incidents', body: object) {
  const { serviceToken } = readEarlierOverlay(
    join(home, 'app-config.local.yaml'),
  ).secrets;
  const response = await fetch(`${baseUrl}/api/dora/v1/${kind}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${serviceToken}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  });
  assert.equal(response.status, 202, await response.text());
}

before(async () => {
  await sampleReady();
  const base = { source: 'metrics-test', service: 'checkout' };
  await report(
    'deployments',
    ['m1', 'm2', 'm3'].map((id, index) => ({
      ...{ ...base, id, environment: 'production', status: 'success' },
      ...{ revision: `metrics-${id}`, finishedAt: ago(3 - index) },
      changes: [{ sha: `metrics-${id}`, committedAt: ago(3 - index, -5) }],
      ...(id === 'm3' && { remediates: { deployment: 'm2' } }),
    })),
  );
});

describe('the metrics endpoint', () => {
  test("serves DORA's gauges and Backstage's own metrics", async () => {
    const text = await until('The reading of the gauges', 150, async () => {
      const response = await fetch(metricsUrl);
      const scraped = await response.text();
      return scraped.includes('dora_recovery_time_seconds{') && scraped;
    });
    const { body } = await call(
      'dev',
      '/api/catalog/entities/by-name/component/default/checkout',
    );
    const owner = body.relations.find(
      (relation: { type: string }) => relation.type === 'ownedBy',
    ).targetRef;

    assert.match(
      text,
      new RegExp(
        `^dora_deployments\\{service="component:default/checkout",team="${owner}",environment="production"\\} \\d+$`,
        'm',
      ),
    );
    assert.match(text, /^catalog_entities_count\{/m);
    const series = text.split('\n').filter(line => /^\w/.test(line));
    const names = series.map(line => line.replace(/ [^ ]+$/, ''));
    assert.equal(new Set(names).size, names.length, 'a series is there twice');
  });

  test('says what the API answers, within a minute or two', async () => {
    await until('The same number', 150, async () => {
      const query = new URLSearchParams({
        ...{ service: 'component:default/checkout', environment: 'production' },
        ...{ from: ago(30), to: ago(0) },
      });
      const { body } = await call('dev', `/api/dora/v1/metrics?${query}`);
      const text = await (await fetch(metricsUrl)).text();
      const gauge =
        /^dora_deployments\{service="component:default\/checkout",.*environment="production"\} (\d+)$/m.exec(
          text,
        );
      return Number(gauge?.[1]) === body.deploymentFrequency.deployments;
    });
  });
});

describe('a Prometheus that scrapes the portal', needsPrometheus, () => {
  const directory = mkdtempSync(join(tmpdir(), 'waymark-prometheus-'));
  let prometheus: ChildProcess;
  let url: string;

  before(async () => {
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    const config = join(directory, 'prometheus.yml');
    writeFileSync(
      config,
      stringify({
        global: { scrape_interval: '1s' },
        scrape_configs: [
          {
            job_name: 'waymark',
            metrics_path: metricsUrl.pathname,
            static_configs: [{ targets: [metricsUrl.host] }],
          },
        ],
      }),
    );
    prometheus = spawn(
      program!,
      [
        `--config.file=${config}`,
        `--storage.tsdb.path=${join(directory, 'data')}`,
        `--web.listen-address=127.0.0.1:${port}`,
      ],
      { stdio: 'ignore' },
    );
    await until('The first scrape', 60, async () => {
      const [sample] = await ask('dora_recovery_time_seconds');
      return sample;
    });
  });

  after(async () => {
    const gone = new Promise(resolve => prometheus.once('exit', resolve));
    prometheus.kill('SIGTERM');
    await gone;
    rmSync(directory, { recursive: true, force: true });
  });

  async function ask(promql: string, range: object = {}): Promise<unknown[]> {
    const path = 'start' in range ? 'query_range' : 'query';
    const query = new URLSearchParams({ query: promql, ...range });
    const response = await fetch(`${url}/api/v1/${path}?${query}`);
    const { status, data, error } = (await response.json()) as {
      status: string;
      data: { result: unknown[] };
      error?: string;
    };
    assert.equal(status, 'success', `${promql}: ${error}`);
    return data.result;
  }

  for (const { where, promql } of expressions()) {
    test(`has data for ${where}: ${promql}`, async () => {
      assert.notEqual((await ask(promql)).length, 0);
      const now = Date.now() / 1000;
      const range = { start: now - 30, end: now, step: 5 };
      assert.notEqual((await ask(promql, range)).length, 0);
    });
  }
});
