import type { Readable, Writable } from 'node:stream';
import { CommanderError } from 'commander';
import { createProgram } from './program';

/** What a command reads and writes. @internal */
export interface Streams {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
}

/** A command line that cannot be meant: the exit status is 2. @internal */
export class UsageError extends Error {}

/**
 * Runs the command that the arguments name.
 * @returns the exit status: 0 done, 1 not (all) done, 2 not understood
 * @internal
 */
export async function run(
  args: readonly string[],
  streams: Streams,
): Promise<number> {
  let status = 0;
  const program = createProgram(streams, code => {
    status = code;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return status;
  } catch (error) {
    // it has said what is wrong, or printed the help that was asked for
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    streams.stderr.write(`error: ${(error as Error).message}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}
