import { adminKubeconfig } from './cluster';
import { LocalOptions, readOptions } from './options';
import { start } from './start/start';
import { test } from './test/test';
import { token } from './token/token';

const commands: Record<string, (options: LocalOptions) => Promise<number>> = {
  start: options => start(options, { watch: false }),
  dev: options => start(options, { watch: true }),
  test,
  token,
  kubeconfig,
};

async function kubeconfig({ home }: LocalOptions): Promise<number> {
  process.stdout.write(`${(await adminKubeconfig(home)).trimEnd()}\n`);
  return 0;
}

async function main() {
  const [command, ...args] = process.argv.slice(2);
  try {
    process.exitCode = await commands[command](readOptions(args));
  } catch (error) {
    process.stderr.write(`${describe(error)}\n`);
    process.exitCode = 1;
  }
  // the channel to the launcher would keep this process alive
  if (process.connected) process.disconnect();
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, path } = error as NodeJS.ErrnoException;
  if (process.env.WAYMARK_DEBUG) return error.stack ?? error.message;
  if (code === 'ENOSPC') {
    return `The disk is full${
      path ? ` (${path})` : ''
    }: free at least 2 GB and start again.`;
  }
  return error.message;
}

void main();
