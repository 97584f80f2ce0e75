import { InputError, ServiceUnavailableError } from '@backstage/errors';
import { spawn } from 'node:child_process';
import os from 'node:os';
import { Writable } from 'node:stream';

/** @internal */
export interface RunMkdocsOptions {
  /** A name on the PATH or an absolute path. */
  readonly command: string;
  /** Holds mkdocs.yml and docs/, and nothing else. */
  readonly directory: string;
  readonly outputDir: string;
  /** Milliseconds. */
  readonly timeout: number;
  readonly log?: Writable;
}

const MAX_LOG_BYTES = 256 * 1024;
// eslint-disable-next-line no-control-regex
const COLOURS = /\u001b\[[0-9;]*m/g;

/** What somebody does where mkdocs is absent. */
export const MKDOCS_MISSING =
  'Docs are not built because mkdocs is missing on the machine of the portal. ' +
  'Install it with "apt-get install mkdocs mkdocs-material" (Debian, Ubuntu) or "pip install mkdocs mkdocs-material", then open this page again.';

/**
 * Runs `mkdocs build` with a clean environment, low priority and an end.
 *
 * @throws ServiceUnavailableError when mkdocs or its theme is missing or takes too long.
 * @throws InputError with mkdocs' own words when it refuses the docs.
 * @internal
 */
export async function runMkdocs(options: RunMkdocsOptions): Promise<void> {
  const child = spawn(
    options.command,
    ['build', '--config-file', 'mkdocs.yml', '--site-dir', options.outputDir],
    {
      cwd: options.directory,
      // The portal's own environment holds secrets; mkdocs gets none of it.
      env: {
        PATH: process.env.PATH,
        HOME: options.directory,
        TMPDIR: os.tmpdir(),
        LANG: 'C.UTF-8',
        LC_ALL: 'C.UTF-8',
        NO_COLOR: '1',
        PYTHONDONTWRITEBYTECODE: '1',
        PYTHONSAFEPATH: '1',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
    },
  );

  let output = '';
  const collect = (chunk: Buffer) => {
    if (output.length > MAX_LOG_BYTES) {
      return;
    }
    const text = chunk
      .toString('utf8')
      .replace(COLOURS, '')
      .replaceAll(options.directory, '.')
      .replaceAll(options.outputDir, 'site');
    output += text;
    options.log?.write(text);
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);

  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    end(child.pid);
  }, options.timeout);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
      lowerPriority(child.pid);
    });
    if (timedOut) {
      throw new ServiceUnavailableError(
        `The docs took longer than ${Math.round(
          options.timeout / 1000,
        )} seconds to render and were given up. Split very large pages.`,
      );
    }
    if (code !== 0) {
      throw explain(code, output);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new ServiceUnavailableError(MKDOCS_MISSING);
    }
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

function explain(code: number | null, output: string): Error {
  if (
    /Unrecognised theme|Unrecognized theme|pymdownx/i.test(output) &&
    /theme name|No module named|Failed to load extension|Failed loading extension/i.test(
      output,
    )
  ) {
    return new ServiceUnavailableError(
      `mkdocs lacks its Material theme or Markdown extensions. ${MKDOCS_MISSING}`,
    );
  }
  const lines = output
    .split('\n')
    .map(line => line.trim())
    .filter(line => line && !/^(INFO|DEBUG|WARNING)\b/.test(line));
  const reason = lines.slice(-3).join(' ').slice(0, 600);
  return new InputError(
    `mkdocs could not render the docs${
      code === null ? '' : ` (exit code ${code})`
    }: ${reason || 'it gave no reason'}`,
  );
}

function lowerPriority(pid: number | undefined): void {
  try {
    if (pid !== undefined) {
      os.setPriority(pid, os.constants.priority.PRIORITY_BELOW_NORMAL);
    }
  } catch {
    // It ended already.
  }
}

function end(pid: number | undefined): void {
  try {
    if (pid !== undefined) {
      process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
    }
  } catch {
    // It ended already.
  }
}
