import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The runtimes that a new service can have. */
export const RUNTIMES = ['nodejs', 'go', 'python'] as const;

/** One of {@link RUNTIMES}. */
export type Runtime = (typeof RUNTIMES)[number];

/** The commands that check a new service; none where the machine lacks the tool. */
export function toolchain(runtime: Runtime): string[][] {
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

/** Runs the commands in a folder that holds the files and nothing else. */
export function runIn(
  rendered: Map<string, string>,
  commands: readonly string[][],
): void {
  const folder = mkdtempSync(join(tmpdir(), 'new-service-'));
  try {
    for (const [path, content] of rendered) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    for (const [command, ...args] of commands) {
      const result = spawnSync(command, args, {
        cwd: folder,
        encoding: 'utf8',
        env: { ...process.env, GOFLAGS: '-mod=mod', NODE_OPTIONS: '' },
      });
      if (result.status !== 0) {
        throw new Error(
          `${command} ${args.join(' ')} failed:\n${result.stdout}${
            result.stderr
          }`,
        );
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
