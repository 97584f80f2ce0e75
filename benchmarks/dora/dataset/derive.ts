import { spawn } from 'node:child_process';
import { once } from 'node:events';

const PROCESSES = 2;

/**
 * Derives the facts of all services with the backend's own derivation. Services
 * do not touch each other's rows, so several processes share them.
 */
export async function derive(
  connection: string,
  services: number,
): Promise<void> {
  await Promise.all(
    Array.from({ length: PROCESSES }, (_, index) =>
      run([connection, String(index + 1), String(PROCESSES), String(services)]),
    ),
  );
}

async function run(args: readonly string[]): Promise<void> {
  const child = spawn(
    process.execPath,
    [
      '--require',
      require.resolve('@backstage/cli/config/nodeTransform.cjs'),
      require.resolve('./deriveMain'),
      ...args,
    ],
    { stdio: ['ignore', 'inherit', 'inherit'] },
  );
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`The derivation ended with status ${code}`);
}
