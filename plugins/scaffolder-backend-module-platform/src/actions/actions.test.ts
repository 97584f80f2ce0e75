import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mockServices } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import type { TemplateAction } from '@backstage/plugin-scaffolder-node';
import type {
  DryRunResult,
  KubernetesObject,
} from '@waymark/plugin-platform-common';
import type {
  ClusterService,
  GitProvider,
} from '@waymark/plugin-platform-node';
import { parse } from 'yaml';
import { PlatformClient } from '../platform/PlatformClient';
import { createDeploymentWaitAction } from './createDeploymentWaitAction';
import { createNamespaceAction } from './createNamespaceAction';
import { createRepositoryAction } from './createRepositoryAction';

const URL = 'http://git.example.com/team-payments/checkout';
const NAMESPACE = 'checkout-development';

const allowed: DryRunResult = {
  verdicts: [{ rule: 'name-taken', allowed: true, message: 'Free.' }],
  cost: { lines: [] },
  objects: [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } },
    {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'waymark-quota', namespace: NAMESPACE },
      spec: {
        hard: {
          'limits.cpu': '2',
          'limits.memory': '4Gi',
          pods: '10',
          'requests.storage': '20Gi',
        },
      },
    },
  ],
  changes: [
    {
      operation: 'create',
      object: { apiVersion: 'v1', kind: 'Namespace', name: NAMESPACE },
      fields: [],
    },
  ],
  notes: [],
  existing: false,
};

const refused: DryRunResult = {
  ...allowed,
  objects: [],
  verdicts: [
    {
      rule: 'owner-membership',
      allowed: false,
      message: 'You are not in group:default/team-storefront.',
    },
  ],
};

/** Answers the calls of a test, by `METHOD /path`. */
let answers: Record<string, unknown[]>;
let calls: { call: string; body: any }[];
let server: Server;
let platform: PlatformClient;

beforeAll(async () => {
  server = createServer((req, res) => {
    let text = '';
    req.on('data', chunk => (text += chunk));
    req.on('end', () => {
      const call = `${req.method} ${req.url}`;
      calls.push({ call, body: text && JSON.parse(text) });
      const list = answers[call] ?? [];
      const answer = list.length > 1 ? list.shift() : list[0];
      res.writeHead(answer ? 200 : 503);
      res.end(JSON.stringify(answer ?? { error: { message: 'It is away.' } }));
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  platform = new PlatformClient({
    auth: mockServices.auth(),
    discovery: {
      getBaseUrl: async () => `http://127.0.0.1:${port}`,
      getExternalBaseUrl: async () => '',
    },
  });
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
});

beforeEach(() => {
  answers = { 'POST /v1/requests?dryRun=true': [allowed] };
  calls = [];
});

function fakeGit(overrides: Partial<GitProvider> = {}) {
  const location = {
    remoteUrl: `${URL}.git`,
    repoContentsUrl: `${URL}/src/branch/main`,
    catalogInfoUrl: `${URL}/src/branch/main/catalog-info.yaml`,
  };
  return {
    locate: () => ({ owner: 'team-payments', name: 'checkout', ...location }),
    find: jest.fn(async () => ({ ...location, defaultBranch: 'main' })),
    head: jest.fn(async () => ({ sha: 'abc' })),
    create: jest.fn(async () => ({
      ...location,
      commitSha: 'abc',
      created: true,
    })),
    protect: jest.fn(async () => ({ enforced: false, message: 'Recorded.' })),
    ...overrides,
  } as unknown as jest.Mocked<GitProvider>;
}

function fakeClusters() {
  const objects = new Map<string, KubernetesObject>();
  const cluster = {
    name: 'local',
    local: true,
    create: jest.fn(async (object: KubernetesObject) => {
      objects.set(object.metadata.name, object);
      return object;
    }),
    apply: jest.fn(async (given: KubernetesObject[]) => given),
    get: jest.fn(async ({ name }: { name: string }) => objects.get(name)),
  };
  const service = {
    list: () => [cluster],
    forEnvironment: () => cluster,
  } as unknown as ClusterService;
  return { cluster, service, objects };
}

async function run(
  action: TemplateAction<any, any, any>,
  input: object,
  overrides: object = {},
) {
  const context = createMockActionContext({
    input: input as any,
    user: {
      ref: 'user:default/dev',
      entity: {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'User',
        metadata: { name: 'dev' },
        spec: {
          profile: { displayName: 'Devon Reyes', email: 'dev@example.com' },
        },
      },
    },
  });
  Object.assign(context, overrides);
  const outputs = () =>
    Object.fromEntries((context.output as jest.Mock).mock.calls);
  const lines: string[] = [];
  context.logger.info = (line: string) => void lines.push(line);
  let error: Error | undefined;
  try {
    await action.handler(context as any);
  } catch (thrown) {
    error = thrown as Error;
  }
  return { error, outputs: outputs(), lines };
}

/** What a checkpoint of an earlier try remembers. */
function remembering(value: unknown) {
  return { checkpoint: async () => value };
}

describe('platform:repository:create', () => {
  const input = { name: 'checkout', owner: 'team-payments', description: 'x' };

  it('creates, protects and answers where it is', async () => {
    const git = fakeGit();
    const { outputs, error } = await run(
      createRepositoryAction({ platform, git }),
      input,
    );
    expect(error).toBeUndefined();
    expect(outputs).toEqual({
      remoteUrl: `${URL}.git`,
      repoContentsUrl: `${URL}/src/branch/main`,
      catalogInfoUrl: `${URL}/src/branch/main/catalog-info.yaml`,
      commitSha: 'abc',
      created: true,
    });
    expect(git.create.mock.calls[0][0]).toMatchObject({
      owner: 'group:default/team-payments',
      author: { name: 'Devon Reyes', email: 'dev@example.com' },
    });
    expect(git.protect).toHaveBeenCalled();
  });

  it('refuses with the words of the verdict, without a stack, and touches nothing', async () => {
    answers['POST /v1/requests?dryRun=true'] = [refused];
    const git = fakeGit();
    const { error } = await run(
      createRepositoryAction({ platform, git }),
      input,
    );
    expect(error).toMatchObject({
      name: 'NotAllowedError',
      message: 'You are not in group:default/team-storefront.',
      stack: 'You are not in group:default/team-storefront.',
    });
    expect(git.create).not.toHaveBeenCalled();
  });

  it('says in a dry run what it would do, and does not do it', async () => {
    const git = fakeGit();
    const { outputs, lines } = await run(
      createRepositoryAction({ platform, git }),
      input,
      { isDryRun: true },
    );
    expect(lines).toContain(`Would create: Namespace "${NAMESPACE}"`);
    expect(outputs.commitSha).toBe('0'.repeat(40));
    expect(git.create).not.toHaveBeenCalled();
  });

  it('trusts a checkpoint while the commit is there, and does it again where it is gone', async () => {
    const kept = fakeGit();
    const checkpoint = remembering({ commitSha: 'abc', created: true });
    await run(
      createRepositoryAction({ platform, git: kept }),
      input,
      checkpoint,
    );
    expect(kept.create).not.toHaveBeenCalled();

    const gone = fakeGit({ head: async () => undefined });
    await run(
      createRepositoryAction({ platform, git: gone }),
      input,
      checkpoint,
    );
    expect(gone.create).toHaveBeenCalled();
  });

  it('says what exists when it is cancelled half-way', async () => {
    const controller = new AbortController();
    const git = fakeGit({
      create: async () => {
        controller.abort();
        throw new Error('aborted');
      },
    });
    const { error, outputs } = await run(
      createRepositoryAction({ platform, git }),
      input,
      { signal: controller.signal },
    );
    expect(error?.message).toBe(
      'The run was cancelled. The repository team-payments/checkout exists: run the template again with the same name to go on, or delete it.',
    );
    expect(outputs).toEqual({});
  });
});

describe('platform:kubernetes:namespace:create', () => {
  const input = {
    name: NAMESPACE,
    team: 'team-payments',
    component: 'checkout',
  };

  it('claims the name, applies what the dry run said, and asks for the first delivery', async () => {
    answers['POST /v1/deliveries'] = [{}];
    const { cluster, service } = fakeClusters();
    const { outputs, error } = await run(
      createNamespaceAction({ platform, clusters: service, git: fakeGit() }),
      input,
    );
    expect(error).toBeUndefined();
    expect(outputs).toEqual({
      namespace: NAMESPACE,
      created: true,
      existing: false,
      quota: 'cpu 2, memory 4Gi, 10 pods, storage 20Gi',
    });
    expect(cluster.apply.mock.calls[0][0]).toEqual(allowed.objects);
    expect(calls.map(each => each.call)).toEqual([
      'POST /v1/requests?dryRun=true',
      'POST /v1/deliveries',
    ]);
    expect(calls[0].body).toMatchObject({
      owner: 'team-payments',
      environment: 'development',
      spec: { size: 'small' },
    });
  });

  it('goes on where the delivery cannot be asked for', async () => {
    const { service } = fakeClusters();
    const { error } = await run(
      createNamespaceAction({ platform, clusters: service, git: fakeGit() }),
      input,
    );
    expect(error).toBeUndefined();
  });

  it('asks again whose it is when another run was faster', async () => {
    const { cluster, service } = fakeClusters();
    cluster.create.mockRejectedValueOnce(
      Object.assign(new Error('exists'), { name: 'ConflictError' }),
    );
    answers['POST /v1/requests?dryRun=true'] = [allowed, refused];
    const { error } = await run(
      createNamespaceAction({ platform, clusters: service, git: fakeGit() }),
      { ...input, component: undefined },
    );
    expect(error?.message).toContain('You are not in');
    expect(cluster.apply).not.toHaveBeenCalled();
  });

  it('applies nothing that is not part of the namespace', async () => {
    const { cluster, service } = fakeClusters();
    const stray = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'x', namespace: 'kube-system' },
    };
    answers['POST /v1/requests?dryRun=true'] = [
      { ...allowed, objects: [...allowed.objects, stray] },
    ];
    const { error } = await run(
      createNamespaceAction({ platform, clusters: service, git: fakeGit() }),
      input,
    );
    expect(error?.message).toContain('nothing was applied');
    expect(cluster.apply).not.toHaveBeenCalled();
  });

  it('says that there is no cluster, and that the repository stays', async () => {
    const { service } = fakeClusters();
    service.forEnvironment = () => {
      throw new Error('No cluster is configured for development.');
    };
    const { error } = await run(
      createNamespaceAction({ platform, clusters: service, git: fakeGit() }),
      input,
    );
    expect(error?.stack).toBe(
      'No cluster is configured for development. The repository team-payments/checkout exists: run the template again with the same name to go on, or delete it.',
    );
  });
});

describe('platform:deployment:wait', () => {
  const path = `GET /v1/deployments/${NAMESPACE}/checkout`;
  const input = {
    namespace: NAMESPACE,
    component: 'checkout',
    timeout: 'PT5S',
  };
  const action = () => createDeploymentWaitAction({ platform });
  const progressing = {
    state: 'progressing',
    message: '0 of 2 replicas are up',
  };

  it('waits until it is rolled out', async () => {
    answers[path] = [
      { state: 'absent', message: 'nothing yet' },
      progressing,
      {
        state: 'ready',
        message: 'up',
        revision: 'abc',
        url: 'http://x',
        local: true,
      },
    ];
    const { outputs, lines } = await run(action(), input);
    expect(outputs).toEqual({
      revision: 'abc',
      url: 'http://x',
      seconds: expect.any(Number),
      local: true,
    });
    expect(lines).toEqual(['nothing yet', '0 of 2 replicas are up', 'up']);
  });

  it('fails at once with the reason of the delivery', async () => {
    answers[path] = [{ state: 'failed', message: 'deploy/a.yaml is refused.' }];
    const { error } = await run(action(), input);
    expect(error?.message).toMatch(
      /^checkout was not deployed: deploy\/a.yaml is refused\. The namespace/,
    );
  });

  it.each([
    ['it is not rolled out', [progressing], /0 of 2 replicas are up/],
    ['the platform is away', [], /It is away/],
  ])('gives up in time where %s', async (_, given, says) => {
    answers[path] = given;
    const { error } = await run(action(), { ...input, timeout: 1 });
    expect(error?.message).toMatch(/within 1 seconds/);
    expect(error?.message).toMatch(says);
  });

  it('stops when it is cancelled', async () => {
    answers[path] = [progressing];
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 100);
    const { error } = await run(action(), input, { signal: controller.signal });
    expect(error?.message).toMatch(/^The run was cancelled\./);
  });

  it('says what a time limit looks like', async () => {
    const { error } = await run(action(), { ...input, timeout: 'soon' });
    expect(error?.message).toContain('give seconds, an ISO 8601 duration');
  });
});

describe('the examples', () => {
  it('name their own action and inputs that it has', () => {
    const { service } = fakeClusters();
    const actions = [
      createRepositoryAction({ platform, git: fakeGit() }),
      createNamespaceAction({ platform, clusters: service, git: fakeGit() }),
      createDeploymentWaitAction({ platform }),
    ];
    for (const action of actions) {
      const known = Object.keys((action.schema?.input as any).properties);
      for (const { example } of action.examples ?? []) {
        const steps = parse(example).steps as any[];
        const own = steps.filter(step => step.action === action.id);
        expect(own).not.toHaveLength(0);
        own.forEach(step =>
          Object.keys(step.input).forEach(key => expect(known).toContain(key)),
        );
      }
    }
  });
});
