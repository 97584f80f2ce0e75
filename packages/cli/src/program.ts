import { Command } from 'commander';
import { addComputeCommand } from './dora/computeCommand';
import type { Streams } from './run';

/**
 * The commands of `waymark`.
 * @param exit - takes the exit status of the command that was run
 * @internal
 */
export function createProgram(
  streams: Streams,
  exit: (status: number) => void,
): Command {
  const program = new Command('waymark')
    .description('The platform, for people who prefer a terminal.')
    .exitOverride()
    .configureOutput({
      writeOut: text => streams.stdout.write(text),
      writeErr: text => streams.stderr.write(text),
    })
    .showHelpAfterError('(--help shows what there is)');
  const dora = program.command('dora').description("DORA's five metrics");
  addComputeCommand(dora, streams, exit);
  return program;
}
