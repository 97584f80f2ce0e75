import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { createBackendModule } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  componentEntityV1alpha1Validator,
  EntityPolicies,
  FieldFormatEntityPolicy,
  NoForeignRootFieldsEntityPolicy,
  SchemaValidEntityPolicy,
  type Entity,
} from '@backstage/catalog-model';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  createTemplateAction,
  scaffolderActionsExtensionPoint,
} from '@backstage/plugin-scaffolder-node';
import {
  NAME_PATTERN,
  REQUIRED_CHECKS,
  SERVICE_NAME_MAX_LENGTH,
  SIZE_NAMES,
  ENVIRONMENTS,
} from '@waymark/plugin-platform-common';
import request from 'supertest';
import { parse, parseAllDocuments } from 'yaml';

const TEMPLATE = resolve(__dirname, '../../../templates/new-service');
const RUNTIMES = ['nodejs', 'go', 'python'] as const;
type Runtime = (typeof RUNTIMES)[number];

const REMOTE_URL = 'http://localhost:7007/api/git/team-payments/orders.git';

/** Descriptions that YAML, JSON, Markdown or the template engine could take for more than text. */
const DESCRIPTIONS = [
  'Takes orders',
  `Says: "it's" 'quoted' # not a comment`,
  '- a list\n- that: is\n\nnot one',
  '${{ values.name }} {{ x }} {% raw %} {# note #}',
  '<script>alert(1)</script> | [x](javascript:alert(1)) `code` *b* \\',
  '💥 Zahlungsverkehr für Händler – ünïcödé \u2028 \u0007',
  'null',
];

/** Names that YAML could take for something else, and the longest one. */
const NAMES = [
  'orders',
  'null',
  'no',
  'y',
  'fmt',
  `a${'b'.repeat(SERVICE_NAME_MAX_LENGTH - 1)}`,
];

describe('the template new-service', () => {
  let server: Parameters<typeof request>[0];
  let files: { path: string; base64Content: string }[];
  let template: any;

  beforeAll(async () => {
    files = await readAll(TEMPLATE);
    template = parse(await readFile(join(TEMPLATE, 'template.yaml'), 'utf8'));
    server = (await startScaffolder()).server;
  });

  async function run(values: Record<string, unknown> = {}) {
    const response = await request(server)
      .post('/api/scaffolder/v2/dry-run')
      .send({
        template,
        directoryContents: files,
        values: {
          name: 'orders',
          owner: 'group:default/team-payments',
          description: 'Takes orders',
          runtime: 'nodejs',
          environments: ['development'],
          size: 'small',
          ...values,
        },
      });
    const rendered = new Map<string, string>(
      (response.body.directoryContents ?? []).map(
        (file: { path: string; base64Content: string }) => [
          file.path,
          Buffer.from(file.base64Content, 'base64').toString('utf8'),
        ],
      ),
    );
    return { status: response.status, body: response.body, rendered };
  }

  it('asks for what the platform allows', () => {
    const properties = Object.assign(
      {},
      ...template.spec.parameters.map((page: any) => page.properties),
    );
    expect(properties.name.pattern).toBe(NAME_PATTERN);
    expect(properties.name.maxLength).toBe(SERVICE_NAME_MAX_LENGTH);
    expect(properties.size.enum).toEqual([...SIZE_NAMES]);
    expect(properties.environments.items.enum).toEqual([...ENVIRONMENTS]);
    expect(properties.runtime.enum).toEqual([...RUNTIMES]);
  });

  it.each([
    ['a name with capitals', { name: 'Checkout' }],
    ['a path as the name', { name: '../x' }],
    ['a name that starts with a dash', { name: '-a' }],
    ['a name of 64 characters', { name: 'a'.repeat(64) }],
    ['a user as the owner', { owner: 'user:default/dev' }],
    ['another runtime', { runtime: '../../etc' }],
    ['no environment', { environments: [] }],
    ['an unknown size', { size: 'huge' }],
  ])('refuses %s', async (_, values) => {
    expect((await run(values)).status).toBe(400);
  });

  it('says how to clone, get a token, change and push', async () => {
    const { body } = await run({
      environments: ['development', 'staging'],
      size: 'medium',
    });
    const [text] = body.output.text;
    expect(text.content).toContain(
      `\`\`\`bash\ngit clone ${REMOTE_URL}\ncd orders\n\`\`\``,
    );
    expect(text.content).toContain('(/git/tokens)');
    expect(text.content).toContain('git push\n');
    expect(text.content).toContain(
      '- staging: namespace `orders-staging`, size medium (cpu 4)\n',
    );
    expect(text.content).toContain('no container is started');
    expect(body.output.links.map((link: any) => link.title)).toEqual([
      'Open in the catalog',
      'Deployments',
      'Docs',
      'Repository',
    ]);
  });

  describe.each(RUNTIMES)('for %s', runtime => {
    it.each(DESCRIPTIONS)('renders valid files for %j', async description => {
      const { rendered, body } = await run({ runtime, description });
      expect(body.error).toBeUndefined();
      const entity = parse(rendered.get('catalog-info.yaml')!) as Entity;
      expect(entity.metadata.description).toBe(description);
      await checkFiles(rendered, { name: 'orders', description, runtime });
    });

    it.each(NAMES)('renders valid files for the name %s', async name => {
      const { rendered, body } = await run({
        runtime,
        name,
        system: 'system:default/checkout-system',
      });
      expect(body.error).toBeUndefined();
      await checkFiles(rendered, { name, description: '', runtime });
    });

    const commands = toolchain(runtime);
    (commands.length ? it : it.skip)(
      'passes its own tests',
      async () => {
        for (const name of ['orders', 'fmt']) {
          const { rendered } = await run({
            runtime,
            name,
            description: DESCRIPTIONS[1],
          });
          inFolder(rendered, folder => {
            for (const [command, ...args] of commands) {
              const result = spawnSync(command, args, {
                cwd: folder,
                encoding: 'utf8',
                // The folder is all that a new service has.
                env: { ...process.env, GOFLAGS: '-mod=mod', NODE_OPTIONS: '' },
              });
              expect({
                command: [command, ...args].join(' '),
                status: result.status,
                output:
                  result.status === 0 ? '' : result.stdout + result.stderr,
              }).toEqual(expect.objectContaining({ status: 0, output: '' }));
            }
          });
        }
      },
      120_000,
    );
  });
});

async function checkFiles(
  rendered: Map<string, string>,
  asked: { name: string; description: string; runtime: Runtime },
) {
  const { name, description, runtime } = asked;
  const entity = parse(rendered.get('catalog-info.yaml')!) as Entity;
  await EntityPolicies.allOf([
    new SchemaValidEntityPolicy(),
    new FieldFormatEntityPolicy(),
    new NoForeignRootFieldsEntityPolicy(),
  ]).enforce(entity);
  expect(await componentEntityV1alpha1Validator.check(entity)).toBe(true);
  expect(entity.metadata.name).toBe(name);
  expect(entity.metadata.annotations).toEqual({
    'backstage.io/techdocs-ref': 'dir:.',
    'backstage.io/kubernetes-id': name,
  });

  for (const [path, content] of rendered) {
    if (/\.ya?ml$/.test(path)) {
      for (const document of parseAllDocuments(content)) {
        expect({ path, errors: document.errors }).toEqual({ path, errors: [] });
      }
    }
    if (path.endsWith('.json')) {
      expect(JSON.parse(content).name).toBe(name);
    }
    if (!path.startsWith('.github/') && !description.includes('values.')) {
      expect(content).not.toContain('values.');
    }
  }

  checkManifests(rendered, name);
  const ci = parse(rendered.get('.github/workflows/ci.yml')!);
  expect(Object.keys(ci.jobs)).toEqual([...REQUIRED_CHECKS]);
  expect(rendered.get('.github/workflows/ci.yml')).toContain(
    '${{ github.ref }}',
  );
  expect(parse(rendered.get('mkdocs.yml')!).site_name).toBe(name);
  expect(rendered.get('Dockerfile')).toMatch(/^USER 10001:10001$/m);
  expect(rendered.get('docs/index.md')).not.toContain('<script');
  expect(rendered.has('.gitignore')).toBe(true);
  expect([...rendered.keys()].some(path => isSource(path, runtime))).toBe(true);
}

function checkManifests(rendered: Map<string, string>, name: string) {
  const deployment = parse(rendered.get('deploy/deployment.yaml')!);
  const service = parse(rendered.get('deploy/service.yaml')!);
  const pod = deployment.spec.template;
  const [container] = pod.spec.containers;
  for (const object of [deployment, service, pod]) {
    expect(object.metadata.labels).toEqual({
      'app.kubernetes.io/name': name,
      'backstage.io/kubernetes-id': name,
    });
  }
  expect(deployment.spec.selector.matchLabels).toEqual(service.spec.selector);
  // What the pod security standard "restricted" asks for.
  expect(pod.spec.securityContext).toMatchObject({
    runAsNonRoot: true,
    seccompProfile: { type: 'RuntimeDefault' },
  });
  expect(container.securityContext).toMatchObject({
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
  });
  expect(container.image).toBe(`ghcr.io/team-payments/${name}:0.1.0`);
  expect(container.resources).toHaveProperty('limits.memory');
  expect(container).toHaveProperty('readinessProbe.httpGet.path', '/readyz');
}

function isSource(path: string, runtime: Runtime): boolean {
  const entry = {
    nodejs: 'src/main.js',
    go: 'main.go',
    python: 'service/__main__.py',
  };
  return path === entry[runtime];
}

/** The commands that check a new service; none where the machine lacks the tool. */
function toolchain(runtime: Runtime): string[][] {
  const commands: Record<Runtime, string[][]> = {
    nodejs: [
      ['npm', '--silent', 'run', 'lint'],
      ['npm', '--silent', 'test'],
    ],
    go: [
      ['go', 'vet', './...'],
      ['go', 'test', './...'],
    ],
    python: [
      ['python3', '-m', 'compileall', '-q', '.'],
      ['python3', '-m', 'unittest'],
    ],
  };
  const probe = { nodejs: 'npm', go: 'go', python: 'python3' }[runtime];
  const version = spawnSync(probe, [
    runtime === 'go' ? 'version' : '--version',
  ]);
  return version.status === 0 ? commands[runtime] : [];
}

function inFolder(
  rendered: Map<string, string>,
  use: (folder: string) => void,
): void {
  const folder = mkdtempSync(join(tmpdir(), 'new-service-'));
  try {
    for (const [path, content] of rendered) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function readAll(folder: string) {
  const entries = await readdir(folder, {
    recursive: true,
    withFileTypes: true,
  });
  return Promise.all(
    entries
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name))
      .map(async path => ({
        path: relative(folder, path),
        base64Content: (await readFile(path)).toString('base64'),
      })),
  );
}

/** The scaffolder with its own actions, and the platform's replaced by what they answer. */
async function startScaffolder() {
  const platformActions = createBackendModule({
    pluginId: 'scaffolder',
    moduleId: 'platform-actions-stub',
    register(reg) {
      reg.registerInit({
        deps: { actions: scaffolderActionsExtensionPoint },
        async init({ actions }) {
          actions.addActions(
            stub('platform:repository:create', input => ({
              remoteUrl: REMOTE_URL,
              repoContentsUrl: REMOTE_URL.replace('.git', '/src/branch/main/'),
              catalogInfoUrl: REMOTE_URL.replace(
                '.git',
                '/src/branch/main/catalog-info.yaml',
              ),
              commitSha: 'c'.repeat(40),
              created: Boolean(input.name),
            })),
            stub('platform:kubernetes:namespace:create', input => ({
              namespace: input.name,
              created: true,
              existing: false,
              quota: 'cpu 4',
            })),
            stub('platform:deployment:wait', () => ({
              seconds: 1,
              local: true,
            })),
          );
        },
      });
    },
  });
  return startTestBackend({
    features: [
      scaffolderPlugin,
      platformActions,
      catalogServiceMock.factory({ entities: [] }),
      mockServices.rootConfig.factory({ data: {} }),
    ],
  });
}

function stub(
  id: string,
  answer: (input: Record<string, unknown>) => Record<string, unknown>,
) {
  return createTemplateAction({
    id,
    supportsDryRun: true,
    async handler(ctx) {
      const input = ctx.input as Record<string, unknown>;
      for (const [key, value] of Object.entries(answer(input))) {
        ctx.output(key as never, value as never);
      }
    },
  });
}
