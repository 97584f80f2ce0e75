import { readOptions } from './options';
import { start } from './start/start';

const commands: Record<string, (args: string[]) => Promise<number>> = {
  start: args => start(readOptions(args), { watch: false }),
  dev: args => start(readOptions(args), { watch: true }),
};

async function main() {
  const [command, ...args] = process.argv.slice(2);
  try {
    process.exitCode = await commands[command](args);
  } catch (error) {
    process.stderr.write(`${describe(error)}\n`);
    process.exitCode = 1;
  }
  // the channel to the launcher would keep this process alive
  if (process.connected) process.disconnect();
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return process.env.WAYMARK_DEBUG
    ? error.stack ?? error.message
    : error.message;
}

void main();
