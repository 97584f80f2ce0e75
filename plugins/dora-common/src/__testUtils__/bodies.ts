export const NOW = Date.parse('2026-03-10T00:00:00Z');

export const deployment = {
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

export const incident = {
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
  ...['a\u0000', '\ud800', 'prod\u200b', '\ufeffprod', 'a\u00adb'],
  ...['\u202edorp', '\u2066prod\u2069', 'a\u2028b'],
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
    'https://example.com/\u202egpj.exe',
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

export const WRONG_IN_DEPLOYMENT: Record<string, readonly unknown[]> = {
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

export const WRONG_IN_INCIDENT: Record<string, readonly unknown[]> = {
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
export function withField(body: object, path: string, value: unknown): unknown {
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

export function cases(table: Record<string, readonly unknown[]>) {
  return Object.entries(table).flatMap(([field, values]) =>
    values.map((value, index) => ({ field, value, index })),
  );
}
