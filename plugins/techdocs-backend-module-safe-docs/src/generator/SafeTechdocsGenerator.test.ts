import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { GeneratorRunOptions } from '@backstage/plugin-techdocs-node';
import { JsonObject } from '@backstage/types';
import { execFileSync } from 'node:child_process';
import { promises as fs } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { readSafeDocsConfig } from '../config';
import { SafeTechdocsGenerator } from './SafeTechdocsGenerator';

// Rendering takes seconds on a busy machine.
jest.setTimeout(60_000);

const SECRET = 'the-secret-of-the-server';
const hasMkdocs = (() => {
  try {
    execFileSync('mkdocs', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();
const withMkdocs = hasMkdocs ? describe : describe.skip;
if (!hasMkdocs) {
  process.stderr.write(
    'SKIPPED: rendering of docs, because mkdocs is missing on this machine\n',
  );
}

let root: string;

beforeEach(async () => {
  root = await fs.realpath(
    await fs.mkdtemp(path.join(os.tmpdir(), 'safe-docs-test-')),
  );
  await fs.mkdir(path.join(root, 'server'));
  await fs.writeFile(path.join(root, 'server', 'secret.md'), `# ${SECRET}`);
  process.env.WAYMARK_TEST_SECRET = SECRET;
});

afterEach(async () => {
  delete process.env.WAYMARK_TEST_SECRET;
  await fs.rm(root, { recursive: true, force: true });
});

/** Renders a repository of these files and returns everything that came out. */
async function render(
  files: Record<string, string | { link: string }>,
  safeDocs: JsonObject = {},
) {
  const inputDir = path.join(root, 'repository');
  const outputDir = path.join(root, 'output');
  await fs.mkdir(outputDir);
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(inputDir, name);
    await fs.mkdir(path.dirname(file), { recursive: true });
    await (typeof content === 'string'
      ? fs.writeFile(file, content)
      : fs.symlink(content.link, file));
  }
  const config = new ConfigReader({
    techdocs: { generator: { runIn: 'local' }, safeDocs },
  });
  const warnings: string[] = [];
  const logStream = new PassThrough();
  const log: string[] = [];
  logStream.on('data', chunk => log.push(String(chunk)));
  await new SafeTechdocsGenerator({
    config,
    safeDocs: readSafeDocsConfig(config),
    logger: mockServices.logger.mock(),
  }).run({
    inputDir,
    outputDir,
    etag: 'revision-1',
    logger: {
      warn: (message: string) => warnings.push(message),
    } as unknown as GeneratorRunOptions['logger'],
    logStream,
    siteOptions: { name: 'Fallback' },
  });

  const entries = await fs.readdir(outputDir, {
    recursive: true,
    withFileTypes: true,
  });
  const output: Record<string, string> = {};
  for (const entry of entries.filter(e => e.isFile())) {
    const file = path.join(entry.parentPath, entry.name);
    output[path.relative(outputDir, file)] = await fs.readFile(file, 'utf8');
  }
  const all = Object.values(output).join('\n');
  return { output, all, warnings: warnings.join('\n'), log: log.join('') };
}

withMkdocs('SafeTechdocsGenerator', () => {
  it('renders the pages, the navigation and the search index', async () => {
    const { output, warnings } = await render({
      'mkdocs.yml': `
site_name: Checkout
site_description: How orders are taken
plugins: [techdocs-core]
nav:
  - Home: index.md
  - Operations:
      - Runbook: operations/runbook.md
      - Status: https://status.example.com
`,
      'docs/index.md':
        '# Checkout\n\n!!! warning "Careful"\n    Orders are money. :coffee:\n\n```ts\nconst a = 1;\n```\n\n=== "npm"\n\n    `npm test`\n\n- [x] done\n\n| a | b |\n|---|---|\n| 1 | 2 |\n',
      'docs/operations/runbook.md': '# Runbook\n\nRestart it.\n',
    });

    expect(warnings).toBe('');
    expect(output['index.html']).toContain('admonition warning');
    expect(output['index.html']).toContain('☕');
    expect(output['index.html']).toContain('task-list-item');
    expect(output['index.html']).toContain('tabbed-set');
    expect(output['operations/runbook/index.html']).toContain('Restart it.');
    expect(output['search/search_index.json']).toContain('Restart it.');
    const { docs } = JSON.parse(output['search/search_index.json']);
    const locations = docs.map((doc: { location: string }) => doc.location);
    expect(locations).toEqual(['', 'operations/runbook/']);
    expect(JSON.parse(output['techdocs_metadata.json'])).toMatchObject({
      site_name: 'Checkout',
      site_description: 'How orders are taken',
      etag: 'revision-1',
      files: expect.arrayContaining(['index.html']),
    });
    expect(output['index.html']).not.toMatch(/fonts\.g(oogleapis|static)/);
  });

  it('renders a repository without mkdocs.yml', async () => {
    const { output } = await render({ 'docs/README.md': '# Hello' });
    expect(output['index.html']).toContain('Hello');
    expect(output['techdocs_metadata.json']).toContain('Fallback');
  });

  it.each<[string, Record<string, string | { link: string }>, RegExp]>([
    [
      'a snippet of an absolute path',
      {
        'mkdocs.yml':
          'site_name: A\nmarkdown_extensions:\n  - pymdownx.snippets:\n      base_path: ["/", "SERVER"]\n      check_paths: true\n',
        'docs/index.md':
          '# A\n\n--8<-- "SERVER/secret.md"\n\n--8<--\nSERVER/secret.md\n--8<--\n\n--8<-- "/etc/passwd"\n',
      },
      /extension "pymdownx\.snippets" is left out/,
    ],
    [
      'an image that b64 reads',
      {
        'mkdocs.yml':
          'site_name: A\nmarkdown_extensions:\n  pymdownx.b64:\n    base_path: /\n',
        'docs/index.md': '# A\n\n![x](../../server/secret.md)\n',
      },
      /extension "pymdownx\.b64" is left out/,
    ],
    [
      'a symbolic link to a file',
      {
        'docs/index.md': '# A',
        'docs/secret.md': { link: '../../server/secret.md' },
        'docs/passwd.md': { link: '/etc/passwd' },
      },
      /docs\/secret\.md is left out: it is a symbolic link/,
    ],
    [
      'a symbolic link to a folder',
      { 'docs/index.md': '# A', 'docs/server': { link: '../../server' } },
      /docs\/server is left out: it is a symbolic link/,
    ],
    [
      'a file of the repository outside the docs',
      { 'docs/index.md': '# A [x](../private.md)', 'private.md': SECRET },
      /^/,
    ],
    [
      'INHERIT',
      {
        'mkdocs.yml': 'INHERIT: ../server/secret.md\nsite_name: A\n',
        'docs/index.md': '# A',
      },
      /"INHERIT" is left out/,
    ],
    [
      'hooks, macros and a template folder',
      {
        'mkdocs.yml':
          'site_name: A\nhooks: [hook.py]\nplugins:\n  - macros\n  - exec:\n      a: b\ntheme:\n  name: null\n  custom_dir: overrides\nextra_css: [a.css]\nextra_javascript: [a.js]\n',
        'hook.py': `raise Exception("${SECRET}")`,
        'main.py': `raise Exception("${SECRET}")`,
        'overrides/main.html': SECRET,
        'docs/index.md': `# A\n\n{{ config.docs_dir }} {% include "/etc/passwd" %}\n`,
      },
      /"hooks" is left out[\s\S]*plugin "macros"[\s\S]*plugin "exec"[\s\S]*custom_dir/,
    ],
    [
      'navigation out of the docs folder',
      {
        'mkdocs.yml':
          'site_name: A\nnav:\n  - index.md\n  - X: ../../server/secret.md\n  - Y: /etc/passwd\n  - Z: javascript:alert(1)\n  - W: file:///etc/passwd\n',
        'docs/index.md': '# A',
      },
      /"\.\.\/\.\.\/server\/secret\.md" is left out/,
    ],
    [
      'a page template of front matter',
      {
        'docs/index.md': '---\ntemplate: ../../../../../etc/passwd\n---\n# A',
        'docs/two.md': '# Two',
      },
      /^/,
    ],
    [
      'settings that look like tags',
      {
        'mkdocs.yml': `site_name: "!ENV WAYMARK_TEST_SECRET"\n`,
        'docs/index.md': '# A',
      },
      /^/,
    ],
    [
      'files that a browser would run',
      {
        'docs/index.md': '# A',
        'docs/page.html': `<script>${SECRET}</script>`,
        'docs/a.js': SECRET,
      },
      /docs\/page\.html is left out/,
    ],
  ])('leads nowhere: %s', async (_name, files, expected) => {
    const mapped = Object.fromEntries(
      Object.entries(files).map(([name, content]) => [
        name,
        typeof content === 'string'
          ? content.replaceAll('SERVER', path.join(root, 'server'))
          : content,
      ]),
    );
    const outcome = await render(mapped).catch(error => ({
      all: String(error.message),
      warnings: '',
      log: '',
    }));

    for (const text of [outcome.all, outcome.log, outcome.warnings]) {
      expect(text).not.toContain(SECRET);
      expect(text).not.toContain('root:x:0:0');
    }
    expect(outcome.warnings).toMatch(expected);
  });

  it('gives mkdocs no environment of the portal', async () => {
    const fake = path.join(root, 'mkdocs');
    await fs.writeFile(fake, '#!/bin/sh\nenv\npwd\nexit 3\n', { mode: 0o755 });
    const { message } = await render(
      { 'docs/index.md': '# A' },
      { command: fake },
    ).catch(error => error);
    expect(message).toContain('exit code 3');
    expect(message).not.toContain(SECRET);
  });

  it('ends a rendering that takes too long', async () => {
    const fake = path.join(root, 'mkdocs');
    await fs.writeFile(fake, '#!/bin/sh\nsleep 30\n', { mode: 0o755 });
    await expect(
      render(
        { 'docs/index.md': '# A' },
        { command: fake, timeout: { milliseconds: 300 } },
      ),
    ).rejects.toThrow(/took longer than 0 seconds/);
  });
});

describe('SafeTechdocsGenerator refuses', () => {
  it.each<[string, string, RegExp]>([
    ['an absolute docs_dir', 'docs_dir: /etc', /docs_dir is "\/etc"/],
    ['a docs_dir above', 'docs_dir: ../server', /folder inside the repository/],
    ['the whole repository', 'docs_dir: .', /folder inside the repository/],
    [
      'a hidden way up',
      'docs_dir: docs/../../server',
      /folder inside the repository/,
    ],
    [
      'an environment tag',
      'site_name: !ENV WAYMARK_TEST_SECRET',
      /YAML tag !ENV/,
    ],
    [
      'a Python tag',
      'site_name: !!python/object/apply:os.system ["id"]',
      /YAML tag !!python\/object\/apply:os\.system/,
    ],
    ['an alias', 'nav: &a [*a]', /alias \*a/],
    ['broken YAML', 'nav: [', /not valid YAML/],
    ['a list', '- a', /must be a list of settings/],
  ])('%s', async (_name, mkdocsYml, message) => {
    await expect(
      render({ 'mkdocs.yml': mkdocsYml, 'docs/index.md': '# A' }),
    ).rejects.toThrow(message);
  });

  it('mkdocs.yml as a symbolic link, without showing what it points to', async () => {
    const error = await render({
      'mkdocs.yml': { link: '../server/secret.md' },
      'docs/index.md': '# A',
    }).catch(e => e);
    expect(error.message).toMatch(/must be a regular file/);
    expect(error.message).not.toContain(SECRET);
  });

  it('docs that are a symbolic link', async () => {
    await expect(render({ docs: { link: '../server' } })).rejects.toThrow(
      /behind a symbolic link/,
    );
    await fs.rm(path.join(root, 'output'), { recursive: true });
    await fs.rm(path.join(root, 'repository'), { recursive: true });
    await expect(
      render({ 'mkdocs.yml': 'docs_dir: a/b', a: { link: '..' } }),
    ).rejects.toThrow(/no folder|behind a symbolic link/);
  });

  it('no docs, no first page, and too many of them', async () => {
    await expect(render({ 'README.md': 'x' })).rejects.toThrow(
      /no folder docs\//,
    );
    await fs.rm(path.join(root, 'output'), { recursive: true });
    await expect(render({ 'docs/other.md': 'x' })).rejects.toThrow(
      /Add docs\/index\.md/,
    );
    await fs.rm(path.join(root, 'output'), { recursive: true });
    await expect(
      render({ 'docs/index.md': 'x' }, { maxFiles: 1 }),
    ).rejects.toThrow(/at most 1 files/);
  });

  it('to run without mkdocs, and says what to install', async () => {
    await expect(
      render({ 'docs/index.md': '# A' }, { command: 'no-such-mkdocs' }),
    ).rejects.toThrow(/apt-get install mkdocs mkdocs-material/);
  });
});
