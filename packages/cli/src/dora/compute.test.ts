import { join } from 'node:path';
import { folderWith, waymark } from '../test/waymark';

const deployment = (id: string, day: string, more: object = {}) =>
  JSON.stringify({
    kind: 'deployment',
    ...{ id, source: 'ci', service: 'checkout', environment: 'production' },
    ...{ status: 'success', revision: id, finishedAt: `${day}T10:00:00Z` },
    ...more,
  });

const incident = JSON.stringify({
  kind: 'incident',
  ...{ id: 'i1', source: 'pager', service: 'checkout', status: 'resolved' },
  ...{ openedAt: '2026-03-03T10:30:00Z', resolvedAt: '2026-03-03T11:00:00Z' },
});

const MARCH = ['--from', '2026-03-01', '--to', '2026-04-01'];

const compute = (
  args: readonly string[],
  options?: Parameters<typeof waymark>[1],
) => waymark(['dora', 'compute', ...args], options);

describe('waymark dora compute', () => {
  const folder = folderWith({
    'events.ndjson': [
      deployment('v1', '2026-03-02'),
      deployment('v2', '2026-03-03', {
        changes: [{ sha: 'c1', committedAt: '2026-03-03T08:00:00Z' }],
      }),
      incident,
    ].join('\n'),
    'more.ndjson': `\ufeff${deployment('v3', '2026-03-04', {
      service: 'component:default/cart',
    })}\r\n\r\n`,
    'bad.ndjson': [
      deployment('v4', '2026-03-05'),
      '{"kind": "deployment", ',
      deployment('v5', '2026-03-06', { status: 'done' }),
      '[]',
      deployment('v6', '2026-03-07', { finishedAt: 'yesterday' }),
    ].join('\n'),
  });
  const cwd = { cwd: folder };

  it('prints the answer as GET /metrics gives it', () => {
    const { status, stdout, stderr } = compute(
      ['--file', 'events.ndjson', ...MARCH],
      cwd,
    );

    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      window: { from: '2026-03-01T00:00:00.000Z', timezone: 'UTC' },
      deploymentFrequency: { deployments: 2 },
      changeLeadTime: { medianSeconds: 7200, samples: 1 },
      changeFailRate: { rate: 0.5, failed: 1, total: 2 },
      failedDeploymentRecoveryTime: { medianSeconds: 1800, samples: 1 },
      deploymentReworkRate: { rate: 0, rework: 0, total: 2 },
      findings: [{ code: 'window-cut' }],
    });
  });

  it('takes several files, one service, an interval and a time zone', () => {
    const both = ['--file', 'events.ndjson', '--file', 'more.ndjson'];
    const all = compute([...both, ...MARCH], cwd);
    expect(JSON.parse(all.stdout).deploymentFrequency.deployments).toBe(3);

    const { status, stdout } = compute(
      [
        ...['--file', 'events.ndjson', 'more.ndjson', '--service', 'cart'],
        ...['--interval', 'month', '--timezone', 'Europe/Berlin', ...MARCH],
      ],
      cwd,
    );
    const answer = JSON.parse(stdout);
    expect(status).toBe(0);
    expect(answer.deploymentFrequency.deployments).toBe(1);
    expect(answer.series).toMatchObject([
      {
        start: '2026-02-28T23:00:00.000Z',
        end: '2026-03-31T22:00:00.000Z',
        partial: false,
      },
    ]);
  });

  it('reads standard input', () => {
    const { status, stdout } = compute(['--file', '-', ...MARCH], {
      input: deployment('v1', '2026-03-02'),
    });

    expect(status).toBe(0);
    expect(JSON.parse(stdout).deploymentFrequency.deployments).toBe(1);
  });

  it('names bad lines, answers with the others, and does not end as if all were well', () => {
    const { status, stdout, stderr } = compute(
      ['--file', 'bad.ndjson', ...MARCH],
      cwd,
    );
    const said = stderr.trim().split('\n');

    expect(status).toBe(1);
    expect(JSON.parse(stdout).deploymentFrequency.deployments).toBe(1);
    expect(said).toEqual([
      expect.stringMatching(/^bad\.ndjson:2: the line is not JSON: /),
      expect.stringMatching(/^bad\.ndjson:3: status must be one of queued, /),
      expect.stringMatching(/^bad\.ndjson:4: event must be a JSON object, /),
      expect.stringMatching(/^bad\.ndjson:5: finishedAt must be an ISO 8601 /),
      '4 lines are not in the answer.',
    ]);
  });

  it('ends well with bad lines where that is asked for', () => {
    const { status, stderr } = compute(
      ['--file', 'bad.ndjson', '--skip-bad', ...MARCH],
      cwd,
    );

    expect(status).toBe(0);
    expect(stderr).toContain('4 lines are not in the answer.');
  });

  it('takes neither bytes that are not UTF-8 nor a flood of bad lines amiss', () => {
    const { status, stdout, stderr } = compute(['--file', '-', ...MARCH], {
      input: Buffer.concat([
        Buffer.from([0xff, 0xfe, 10]),
        Buffer.from('{}\n'.repeat(20_000)),
        Buffer.from(deployment('v1', '2026-03-02')),
      ]),
    });

    expect(status).toBe(1);
    expect(JSON.parse(stdout).deploymentFrequency.deployments).toBe(1);
    expect(stderr).toContain('standard input:1: the line is not UTF-8');
    expect(stderr.split('\n').length).toBeLessThan(1010);
    expect(stderr).toContain(
      '20001 lines are not in the answer (19001 of them not listed).',
    );
  });

  it('says so where no line is of a service that is asked for', () => {
    const { status, stdout, stderr } = compute(
      ['--file', 'events.ndjson', '--service', 'chekout', ...MARCH],
      cwd,
    );

    expect(status).toBe(0);
    expect(JSON.parse(stdout).changeFailRate.rate).toBeNull();
    expect(stderr).toBe('No line is of chekout.\n');
  });

  it('has no limit on the span', () => {
    const { status, stdout } = compute(
      [
        ...['--file', 'events.ndjson', '--interval', 'month'],
        ...['--from', '1990-01-01', '--to', '2030-01-01'],
      ],
      cwd,
    );

    expect(status).toBe(0);
    expect(JSON.parse(stdout).series).toHaveLength(480);
  });

  it.each([
    [[], "required option '-f, --file <path...>' not specified"],
    [['--file', 'events.ndjson'], "required option '--from <instant>'"],
    [
      ['--file', 'none.ndjson', ...MARCH],
      '--file none.ndjson cannot be read: there is no such file',
    ],
    [['--file', '.', ...MARCH], '--file . cannot be read: it is a folder'],
    [
      ['--from', '2026-04-01', '--to', '2026-03-01'],
      '--from must be before to',
    ],
    [
      ['--from', '2026-02-30', '--to', '2026-03-01'],
      '--from must be an ISO 8601 date or instant',
    ],
    [['--interval', 'year', ...MARCH], '--interval must be day, week or month'],
    [['--timezone', 'Mars', ...MARCH], '--timezone must be an IANA time zone'],
    [
      ['--service', 'group:default/x', ...MARCH],
      '--service must be the entity reference',
    ],
    [['--now', 'soon', ...MARCH], '--now must be an ISO 8601'],
    [
      ['--attribution-window', '3d', ...MARCH],
      '--attribution-window is a number of hours',
    ],
    [
      ['--production-environments', 'a,,b', ...MARCH],
      '--production-environments is a list',
    ],
    [['--fil', 'x', ...MARCH], "unknown option '--fil'"],
  ])('refuses %j with a sentence and status 2', (args, sentence) => {
    const given =
      args.includes('--file') || args.length === 0
        ? args
        : ['--file', 'events.ndjson', ...args];
    const { status, stdout, stderr } = compute(given, cwd);

    expect(stderr).toContain(sentence);
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });

  it('counts as the server would that is configured so', () => {
    const failed = ['failure', 'success'].map((status, hour) =>
      deployment(`v${hour}`, '2026-03-02', {
        status,
        environment: 'live',
        finishedAt: `2026-03-02T1${hour}:00:00Z`,
      }),
    );
    const { stdout } = compute(
      [
        ...['--file', '-', '--production-environments', 'live'],
        ...['--no-failed-attempts', ...MARCH],
      ],
      { input: failed.join('\n') },
    );

    expect(JSON.parse(stdout).changeFailRate).toEqual({
      ...{ rate: 0, failed: 0, total: 2 },
    });
  });

  it('explains itself', () => {
    const { status, stdout } = compute(['--help']);

    expect(status).toBe(0);
    expect(stdout).toContain('Usage: waymark dora compute [options]');
    expect(stdout).toContain('--skip-bad');
    expect(waymark([]).stderr).toContain('Usage: waymark');
    expect(waymark(['dora', 'guess']).status).toBe(2);
  });

  it('answers whoever runs it by its absolute path, in a moment', () => {
    const began = performance.now();
    const { status } = compute([
      ...['--file', join(folder, 'events.ndjson'), ...MARCH],
    ]);

    expect(status).toBe(0);
    expect(performance.now() - began).toBeLessThan(1500);
  });
});
