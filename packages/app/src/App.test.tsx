import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createWaymark } from './App';

const BASE_URL = 'http://localhost:7007';

/** The backend, as far as these tests go: what it answers by path. */
type Answers = Record<string, { status?: number; body: unknown }>;

const people = {
  people: [
    {
      ref: 'user:default/dev',
      displayName: 'Devon Reyes',
      title: 'Backend developer',
      groups: [{ ref: 'group:default/team-payments', title: 'Payments' }],
    },
  ],
};

const session = {
  profile: { displayName: 'Devon Reyes' },
  backstageIdentity: {
    token: 'a.b.c',
    expiresInSeconds: 3600,
    identity: {
      type: 'user',
      userEntityRef: 'user:default/dev',
      ownershipEntityRefs: ['user:default/dev', 'group:default/team-payments'],
    },
  },
};

const answers: Answers = {
  '/api/auth/local/people': { body: people },
  '/api/auth/local/refresh': { body: session },
  '/api/platform/v1/status': {
    body: {
      cluster: {
        state: 'building',
        message: 'Building kube-apiserver',
        local: true,
      },
      gitProvider: {
        type: 'embedded',
        host: 'localhost:7007',
        state: 'ready',
        message: 'Serves 6 repositories',
      },
      docs: { state: 'ready', message: 'Built by mkdocs 1.6' },
    },
  },
  '/api/platform/v1/deliveries': { body: { items: [] } },
  '/api/scaffolder/v2/tasks': { body: { tasks: [], totalTasks: 0 } },
  '/api/catalog/entities/by-query': {
    body: { items: [], totalItems: 0, pageInfo: {} },
  },
  '/api/catalog/entity-facets': {
    body: { facets: { kind: [{ value: 'Component', count: 6 }] } },
  },
};

function start(path: string, overrides: Answers = {}) {
  const all = { ...answers, ...overrides };
  const fetchMock = jest.fn(async (input: RequestInfo | URL) => {
    const url = new URL(input instanceof Request ? input.url : String(input));
    const answer = all[url.pathname] ?? { status: 404, body: {} };
    return new Response(JSON.stringify(answer.body), {
      status: answer.status ?? 200,
      headers: { 'content-type': 'application/json' },
    });
  });
  global.fetch = fetchMock as typeof fetch;
  process.env = {
    ...process.env,
    APP_CONFIG: [
      {
        context: 'test',
        data: {
          app: { title: 'Waymark', baseUrl: 'http://localhost' },
          backend: { baseUrl: BASE_URL },
          organization: { name: 'Waymark' },
        },
      },
    ] as unknown as string,
  };
  window.history.pushState({}, '', path);
  render(createWaymark().createRoot());
  return fetchMock;
}

describe('createWaymark', () => {
  beforeEach(() => window.localStorage.clear());

  it('signs in as a person of the organisation and shows the home page', async () => {
    start('/');

    await userEvent.click(
      await screen.findByRole(
        'button',
        { name: /Devon Reyes.*Backend developer · Payments/ },
        { timeout: 20_000 },
      ),
    );

    const create = await screen.findByRole(
      'link',
      { name: 'Create New Service' },
      { timeout: 20_000 },
    );
    expect(create).toHaveAttribute(
      'href',
      '/create/templates/default/new-service',
    );
    expect(await screen.findByText(/Building kube-apiserver/)).toBeVisible();
    expect(
      await screen.findByText(/Your teams own no component yet/),
    ).toBeVisible();
  }, 60_000);

  it('stays signed in after a reload, without a token in the browser’s storage', async () => {
    window.localStorage.setItem(
      'waymark.sign-in',
      JSON.stringify({
        provider: 'local',
        userEntityRef: 'user:default/dev',
      }),
    );
    const fetchMock = start('/');

    await screen.findByRole(
      'link',
      { name: 'Create New Service' },
      { timeout: 20_000 },
    );

    expect(JSON.stringify({ ...window.localStorage })).not.toContain('a.b.c');
    const refreshes = fetchMock.mock.calls.filter(([input]) =>
      String(input).endsWith('/local/refresh'),
    );
    expect(refreshes).toHaveLength(1);
  }, 60_000);

  it('says that the backend does not answer, and tries again on demand', async () => {
    const fetchMock = start('/');
    fetchMock.mockRejectedValue(new TypeError('Failed to fetch'));

    expect(
      await screen.findByText(
        /backend does not answer/,
        {},
        { timeout: 20_000 },
      ),
    ).toBeVisible();

    fetchMock.mockResolvedValue(Response.json(people));
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() =>
      expect(screen.getByRole('button', { name: /Devon/ })).toBeVisible(),
    );
  }, 60_000);
});
