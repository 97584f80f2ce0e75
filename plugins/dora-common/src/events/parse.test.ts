import fc from 'fast-check';
import { parseDeploymentEvent, parseEvent, parseIncidentEvent } from './parse';

const NOW = Date.parse('2026-03-10T00:00:00Z');

const deployment = {
  id: 'run-8731',
  source: 'github-actions',
  service: 'component:default/checkout',
  environment: 'production',
  status: 'success',
  revision: '4f2c9e1',
  version: '1.8.0',
  startedAt: '2026-03-02T09:58:00Z',
  finishedAt: '2026-03-02T10:03:12Z',
  occurredAt: '2026-03-02T10:03:12Z',
  rolloutId: 'rollout 7',
  url: 'https://example.com/runs/8731?attempt=1#top',
  remediates: { deployment: 'run-8730' },
  hotfix: false,
  changes: [
    {
      sha: '4f2c9e1',
      committedAt: '2026-03-01T16:00:00+01:00',
      firstCommittedAt: '2026-02-28T16:00:00.123456+01:00',
      pullRequest: 412,
      parents: ['0000000'],
    },
  ],
};

const incident = {
  id: 'P-1',
  source: 'pagerduty',
  services: ['Checkout', 'component:default/cart'],
  status: 'open',
  openedAt: '2026-03-02T10:00:00Z',
  occurredAt: '2026-03-02T11:00:00Z',
  resolvedAt: '2026-03-02T10:30:00Z',
  deployment: 'run-8731',
  revision: '4f2c9e1',
  severity: 'critical',
  title: 'Checkout is <down> & "out"',
  url: 'https://example.com/incidents/1',
};

const NOT_STRINGS = [null, 7, true, {}, [], ['x']];
const NOT_NAMES = [
  ...NOT_STRINGS,
  '',
  'x'.repeat(201),
  '<b>',
  "'; --",
  'a\u0000',
  '\ud800',
];
const NOT_TOKENS = [...NOT_NAMES, 'a b'];
const NOT_SHAS = [...NOT_TOKENS, 'x'.repeat(65), 'x'.repeat(1_000_000)];
const NOT_INSTANTS = [
  ...[...NOT_STRINGS, '', 'yesterday', '2026-03-02', '2026-03-02T10:00:00'],
  ...['2026-02-30T10:00:00Z', '2026-13-01T10:00:00Z', '2026-03-02T24:00:00Z'],
  ...['2026-03-02 10:00:00Z', '9999-01-01T00:00:00Z', '1969-12-31T23:59:59Z'],
  ...[
    '2026-03-11T00:00:01Z',
    '2026-03-02T10:00:00+15:00',
    `2026${'0'.repeat(99)}`,
  ],
];
const NOT_URLS = [
  ...[
    ...NOT_STRINGS,
    '',
    'example.com',
    'ftp://example.com',
    'data:text/html,x',
  ],
  ...[
    'https://user:secret@example.com',
    `https://example.com/${'x'.repeat(2000)}`,
  ],
  ...[
    'https://exa mple.com',
    'https://example.com/"',
    'http://',
    'https://[x]/',
  ],
];
const NOT_SERVICES = [
  ...[...NOT_STRINGS, '', 'group:default/a', 'component:a/b/c', 'a b', '/'],
  ...['x'.repeat(64), 'x'.repeat(1000), "component:default/'; drop"],
];
const NOT_STATUSES = [...NOT_STRINGS, '', 'succeeded', 'SUCCESS'];

const WRONG_IN_DEPLOYMENT: Record<string, readonly unknown[]> = {
  id: [undefined, ...NOT_NAMES],
  source: [undefined, ...NOT_NAMES],
  service: [undefined, ...NOT_SERVICES],
  environment: [undefined, ...NOT_NAMES, 'x'.repeat(101)],
  status: [undefined, ...NOT_STATUSES],
  revision: [undefined, ...NOT_TOKENS],
  version: NOT_NAMES,
  startedAt: NOT_INSTANTS,
  finishedAt: [...NOT_INSTANTS, '2026-03-02T09:57:59Z'],
  occurredAt: NOT_INSTANTS,
  rolloutId: NOT_NAMES,
  url: NOT_URLS,
  remediates: [null, 'run-1', 7, [], true],
  'remediates.deployment': [undefined, ...NOT_NAMES],
  hotfix: [null, 'true', 0, [], {}],
  changes: [
    null,
    'x',
    7,
    {},
    Array.from({ length: 5001 }, () => deployment.changes[0]),
  ],
  'changes[0]': [null, 'x', 7, []],
  'changes[0].sha': [undefined, ...NOT_SHAS],
  'changes[0].committedAt': [undefined, ...NOT_INSTANTS],
  'changes[0].firstCommittedAt': NOT_INSTANTS,
  'changes[0].pullRequest': [null, '412', 1.5, 0, -1, 2 ** 31, {}],
  'changes[0].parents': [null, 'x', [null], [7], ['a b'], Array(51).fill('a')],
};

const WRONG_IN_INCIDENT: Record<string, readonly unknown[]> = {
  id: [undefined, ...NOT_NAMES],
  source: [undefined, ...NOT_NAMES],
  service: NOT_SERVICES,
  services: [null, 'checkout', [7], ['group:default/a'], Array(101).fill('a')],
  status: [undefined, ...NOT_STATUSES],
  openedAt: [undefined, ...NOT_INSTANTS],
  resolvedAt: [...NOT_INSTANTS, '2026-03-02T09:59:59Z'],
  occurredAt: [...NOT_INSTANTS, '2026-03-02T09:59:59Z'],
  deployment: NOT_NAMES,
  revision: NOT_TOKENS,
  severity: NOT_NAMES,
  title: [...NOT_STRINGS, 'x'.repeat(501), 'a\u0000', '\udfff'],
  url: NOT_URLS,
};

/** A copy in which the field at a path like `changes[0].sha` is another. */
function withField(body: object, path: string, value: unknown): unknown {
  const copy = structuredClone(body);
  const parts = path.split(/[.[\]]+/).filter(Boolean);
  const last = parts.pop()!;
  const owner = parts.reduce(
    (at, part) => (at as Record<string, object>)[part],
    copy,
  );
  Object.assign(owner, { [last]: value });
  return copy;
}

function cases(table: Record<string, readonly unknown[]>) {
  return Object.entries(table).flatMap(([field, values]) =>
    values.map((value, index) => ({ field, value, index })),
  );
}

describe('parseDeploymentEvent', () => {
  it('takes every field, in full references and in UTC', () => {
    expect(parseDeploymentEvent(deployment, NOW)).toEqual({
      ok: true,
      event: {
        ...deployment,
        kind: 'deployment',
        startedAt: '2026-03-02T09:58:00.000Z',
        finishedAt: '2026-03-02T10:03:12.000Z',
        occurredAt: '2026-03-02T10:03:12.000Z',
        changes: [
          {
            ...deployment.changes[0],
            committedAt: '2026-03-01T15:00:00.000Z',
            firstCommittedAt: '2026-02-28T15:00:00.123Z',
          },
        ],
      },
    });
  });

  it('takes what is needed alone, and ignores what it does not know', () => {
    const { id, source, environment, status, revision, finishedAt } =
      deployment;
    const body = { id, source, environment, status, revision, finishedAt };
    const parsed = parseDeploymentEvent(
      { ...body, service: 'Default/Checkout', labels: { a: 1 }, kind: 'x' },
      NOW,
    );
    expect(parsed).toEqual({
      ok: true,
      event: {
        ...body,
        kind: 'deployment',
        service: 'component:default/checkout',
        finishedAt: '2026-03-02T10:03:12.000Z',
      },
    });
  });

  it.each(cases(WRONG_IN_DEPLOYMENT))(
    'refuses a wrong $field ($index)',
    ({ field, value }) => {
      const parsed = parseDeploymentEvent(
        withField(deployment, field, value),
        NOW,
      );
      expect(parsed).toMatchObject({ ok: false, field });
      const { message } = parsed as { message: string };
      expect(message.startsWith(`${field} `)).toBe(true);
      expect(message.length).toBeLessThan(400);
    },
  );

  it.each(['success', 'failure', 'cancelled', 'skipped'])(
    'refuses %s without the time at which it was reached',
    status => {
      const { finishedAt, occurredAt, ...rest } = deployment;
      expect(parseDeploymentEvent({ ...rest, status }, NOW)).toMatchObject({
        ok: false,
        field: 'finishedAt',
        message: `finishedAt is missing: a deployment of status ${status} needs it, or occurredAt`,
      });
      expect(
        parseDeploymentEvent({ ...rest, status, occurredAt }, NOW).ok,
      ).toBe(true);
    },
  );

  it('takes what has begun without a revision or a time', () => {
    const { id, source, service, environment } = deployment;
    const body = { id, source, service, environment, status: 'queued' };
    expect(parseDeploymentEvent(body, NOW).ok).toBe(true);
  });

  it.each([null, undefined, 7, 'x', true, []])('refuses %p', value => {
    expect(parseDeploymentEvent(value, NOW)).toMatchObject({
      ok: false,
      field: 'event',
    });
  });

  it('says what is wrong in a sentence', () => {
    const message = (field: string, value: unknown) =>
      parseDeploymentEvent(withField(deployment, field, value), NOW);
    expect(message('changes[0].committedAt', 'yesterday')).toMatchObject({
      message:
        'changes[0].committedAt must be an ISO 8601 instant with an offset, such as 2026-03-02T10:03:12Z, but is "yesterday"',
    });
    expect(message('finishedAt', '9999-01-01T00:00:00Z')).toMatchObject({
      message:
        'finishedAt must be between 1970 and tomorrow, but is "9999-01-01T00:00:00Z"',
    });
    expect(message('hotfix', 'true')).toMatchObject({
      message: 'hotfix must be true or false, but is "true"',
    });
    expect(message('status', 'done')).toMatchObject({
      message:
        'status must be one of queued, in_progress, success, failure, cancelled, skipped, but is "done"',
    });
    expect(message('id', undefined)).toMatchObject({
      message:
        'id is missing: it must be a string without quotes, markup or control characters of 1 to 200 characters',
    });
  });

  it('takes an end at the instant of the beginning', () => {
    const { startedAt } = deployment;
    const body = { ...deployment, finishedAt: startedAt };
    expect(parseDeploymentEvent(body, NOW).ok).toBe(true);
    const { openedAt } = incident;
    const brief = { ...incident, resolvedAt: openedAt, occurredAt: openedAt };
    expect(parseIncidentEvent(brief, NOW).ok).toBe(true);
  });

  it('takes an instant up to a day ahead', () => {
    const until = (finishedAt: string) =>
      parseDeploymentEvent({ ...deployment, finishedAt }, NOW).ok;
    expect(until('2026-03-11T00:00:00Z')).toBe(true);
    expect(until('2026-03-11T00:00:00.001Z')).toBe(false);
  });

  it('finds one problem in millions', () => {
    const changes = Array(2_000_000).fill(0);
    const parents = [{ ...deployment.changes[0], parents: changes }];
    const began = performance.now();
    expect(parseDeploymentEvent({ ...deployment, changes }, NOW).ok).toBe(
      false,
    );
    expect(
      parseDeploymentEvent({ ...deployment, changes: parents }, NOW).ok,
    ).toBe(false);
    expect(performance.now() - began).toBeLessThan(3000);
  });

  it('is not slowed down by an URL made for it', () => {
    const url = `https://${'/'.repeat(1980)} `;
    const began = performance.now();
    for (let i = 0; i < 1000; i++) {
      parseDeploymentEvent({ ...deployment, url }, NOW);
    }
    expect(performance.now() - began).toBeLessThan(3000);
  });

  it('never throws, and what it takes it takes again unchanged', () => {
    const mutated = fc
      .tuple(
        fc.constantFrom(...Object.keys(WRONG_IN_DEPLOYMENT)),
        fc.anything({ withBigInt: true, withNullPrototype: true }),
      )
      .map(([field, value]) => withField(deployment, field, value));
    fc.assert(
      fc.property(fc.oneof(fc.anything(), mutated), value => {
        const parsed = parseDeploymentEvent(value, NOW);
        const again = parsed.ok
          ? parseDeploymentEvent(parsed.event, NOW)
          : { ...parsed, ok: false };
        expect(again).toEqual(parsed);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('parseIncidentEvent', () => {
  it('takes every field, its services in full and each once', () => {
    const parsed = parseIncidentEvent(
      { ...incident, service: 'component:default/cart' },
      NOW,
    );
    expect(parsed).toEqual({
      ok: true,
      event: {
        ...incident,
        kind: 'incident',
        services: ['component:default/cart', 'component:default/checkout'],
        openedAt: '2026-03-02T10:00:00.000Z',
        resolvedAt: '2026-03-02T10:30:00.000Z',
        occurredAt: '2026-03-02T11:00:00.000Z',
      },
    });
  });

  it.each(cases(WRONG_IN_INCIDENT))(
    'refuses a wrong $field ($index)',
    ({ field, value }) => {
      const parsed = parseIncidentEvent(withField(incident, field, value), NOW);
      expect(parsed).toMatchObject({ ok: false, field });
      expect((parsed as { message: string }).message).toContain(field);
    },
  );

  it.each([{}, { services: [] }])('refuses one of no service: %j', named => {
    const { services, ...rest } = incident;
    expect(parseIncidentEvent({ ...rest, ...named }, NOW)).toMatchObject({
      ok: false,
      field: 'service',
    });
  });

  it('tells a resolved one from an open one by its times', () => {
    const { resolvedAt, occurredAt, ...rest } = incident;
    const parse = (body: object) =>
      parseIncidentEvent({ ...rest, ...body }, NOW);
    expect(parse({ status: 'resolved' })).toMatchObject({
      field: 'resolvedAt',
    });
    expect(parse({ status: 'resolved', resolvedAt }).ok).toBe(true);
    expect(parse({ status: 'resolved', occurredAt }).ok).toBe(true);
    expect(parse({ resolvedAt })).toMatchObject({ field: 'resolvedAt' });
    expect(parse({}).ok).toBe(true);
  });
});

describe('parseEvent', () => {
  it('reads by kind', () => {
    expect(parseEvent({ ...deployment, kind: 'deployment' }, NOW)).toEqual(
      parseDeploymentEvent(deployment, NOW),
    );
    expect(parseEvent({ ...incident, kind: 'incident' }, NOW)).toEqual(
      parseIncidentEvent(incident, NOW),
    );
  });

  it.each([
    [deployment, 'kind is missing: it must be one of deployment, incident'],
    [{ kind: 'x' }, 'kind must be one of deployment, incident, but is "x"'],
    [[], 'event must be a JSON object, but is an array of 0'],
    [null, 'event must be a JSON object, but is null'],
  ])('refuses another kind (%#)', (value, message) => {
    expect(parseEvent(value, NOW)).toMatchObject({ ok: false, message });
  });
});
