import { LoggerService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import {
  GeneratorRunOptions,
  TechdocsGenerator,
} from '@backstage/plugin-techdocs-node';
import { ScmIntegrations } from '@backstage/integration';
import { promises as fs } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import { SafeDocsConfig } from '../config';
import { markdownExtensions } from './markdownExtensions';
import { DocsSite, readMkdocsYml } from './readMkdocsYml';
import { runMkdocs } from './runMkdocs';
import { stageDocs } from './stageDocs';
import { tidySearchIndex } from './tidySearchIndex';
import { writeMetadata } from './writeMetadata';

/**
 * Renders docs of repositories that nobody reviewed: mkdocs sees a copy of the docs folder's
 * regular files and a configuration written here, never the repository or its mkdocs.yml.
 *
 * @public
 */
export class SafeTechdocsGenerator extends TechdocsGenerator {
  readonly #config: SafeDocsConfig;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: {
    config: Config;
    safeDocs: SafeDocsConfig;
    logger: LoggerService;
  }) {
    super({
      logger: options.logger,
      config: options.config,
      scmIntegrations: ScmIntegrations.fromConfig(options.config),
    });
    this.#config = options.safeDocs;
  }

  /** One at a time: rendering is bound by the processor, and the portal has other work. */
  override async run(options: GeneratorRunOptions): Promise<void> {
    const turn = this.#last.then(() => this.#run(options));
    this.#last = turn.catch(() => undefined);
    await turn;
  }

  async #run(options: GeneratorRunOptions): Promise<void> {
    const staging = await fs.mkdtemp(
      path.join(await fs.realpath(os.tmpdir()), 'waymark-docs-'),
    );
    try {
      const site = await readMkdocsYml(options.inputDir);
      const notes = await stageDocs({
        inputDir: options.inputDir,
        docsDir: site.docsDir,
        targetDir: await makeFolder(path.join(staging, 'docs')),
        maxFiles: this.#config.maxFiles,
        maxBytes: this.#config.maxBytes,
      });
      [...site.notes, ...notes].forEach(note => options.logger.warn(note));

      const siteName =
        site.siteName ?? options.siteOptions?.name ?? 'Documentation';
      await fs.writeFile(
        path.join(staging, 'mkdocs.yml'),
        mkdocsYml(site, siteName),
      );
      await this.#render(staging, options);
      await tidySearchIndex(options.outputDir);
      await writeMetadata(options.outputDir, {
        site_name: siteName,
        site_description: site.siteDescription,
        etag: options.etag,
      });
    } finally {
      await fs.rm(staging, { recursive: true, force: true });
    }
  }

  async #render(staging: string, options: GeneratorRunOptions): Promise<void> {
    if (this.#config.runIn !== 'local') {
      await super.run({ ...options, inputDir: staging });
      return;
    }
    await runMkdocs({
      command: this.#config.command,
      directory: staging,
      outputDir: options.outputDir,
      timeout: this.#config.timeout,
      log: options.logStream,
    });
  }
}

async function makeFolder(folder: string): Promise<string> {
  await fs.mkdir(folder);
  return folder;
}

function mkdocsYml(site: DocsSite, siteName: string): string {
  return stringify({
    site_name: siteName,
    ...(site.siteDescription && { site_description: site.siteDescription }),
    docs_dir: 'docs',
    ...(site.nav && { nav: site.nav }),
    theme: {
      name: 'material',
      font: false,
      ...(site.language && { language: site.language }),
    },
    plugins: ['search'],
    markdown_extensions: markdownExtensions(),
  });
}
