import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Entity } from '@backstage/catalog-model';
import {
  ENVIRONMENTS,
  NAME_PATTERN,
  SERVICE_NAME_MAX_LENGTH,
  SIZE_NAMES,
} from '@waymark/plugin-platform-common';
import request from 'supertest';
import { parse } from 'yaml';
import { checkFiles } from './__testUtils__/checkNewService';
import { RUNTIMES, runIn, toolchain } from './__testUtils__/runtimes';
import {
  readAll,
  REMOTE_URL,
  startScaffolder,
} from './__testUtils__/startScaffolder';

const TEMPLATE = resolve(__dirname, '../../../templates/new-service');

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
    expect(body.output.links).toEqual([
      expect.objectContaining({ entityRef: 'component:default/orders' }),
      expect.objectContaining({
        url: '/catalog/default/component/orders/deployments',
      }),
      expect.objectContaining({ url: '/docs/default/component/orders' }),
      expect.objectContaining({ url: '/git/team-payments/orders' }),
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
    const itWithTools = commands.length ? it : it.skip;
    itWithTools(
      'passes its own tests',
      async () => {
        for (const name of ['orders', 'fmt']) {
          const { rendered } = await run({
            runtime,
            name,
            description: DESCRIPTIONS[1],
          });
          runIn(rendered, commands);
        }
      },
      120_000,
    );
  });
});
