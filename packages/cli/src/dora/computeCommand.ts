import { Command } from 'commander';
import type { Streams } from '../run';
import { compute } from './compute';
import { readComputeOptions } from './computeOptions';

const FOOTER = `
Each line of a file is {"kind": "deployment"|"incident", ...} with the fields of
POST /api/dora/v1/deployments and /incidents. The answer on standard output is that of
GET /api/dora/v1/metrics; there is no limit on the span.

An instant is ISO 8601 with an offset (2026-03-01T00:00:00Z), or a day (2026-03-01), which
begins at midnight in the time zone. The window holds --from and ends before --to.

Lines that are no events are named on standard error and are not in the answer.
The exit status is then 1, unless --skip-bad is given; 2 says that the command line is wrong.

Example:
  waymark dora compute --file events.ndjson --from 2026-01-01 --to 2026-04-01 --interval week`;

/** Adds `dora compute`. @internal */
export function addComputeCommand(
  dora: Command,
  streams: Streams,
  exit: (status: number) => void,
): void {
  dora
    .command('compute')
    .description("compute DORA's five metrics from files of events")
    .requiredOption(
      '-f, --file <path...>',
      'NDJSON of events; - is standard input; may be repeated',
    )
    .requiredOption('--from <instant>', 'beginning of the window')
    .requiredOption('--to <instant>', 'end of the window')
    .option(
      '--service <ref...>',
      'only this service, such as checkout or component:default/checkout; may be repeated',
    )
    .option('--environment <name>', 'only this production environment')
    .option(
      '--interval <interval>',
      'series by day, week or month (default: "week")',
    )
    .option('--timezone <zone>', 'IANA time zone of days and buckets', 'UTC')
    .option('--now <instant>', 'what ages are counted to (default: the clock)')
    .option(
      '--production-environments <names>',
      'what counts as production (default: "production,prod")',
    )
    .option(
      '--attribution-window <hours>',
      'how long after a deployment an incident is still its own (default: "72")',
    )
    .option('--no-failed-attempts', 'a failed attempt is no failed deployment')
    .option('--skip-bad', 'bad lines do not change the exit status')
    .addHelpText('after', FOOTER)
    .action(async given => {
      exit(await compute(readComputeOptions(given, Date.now()), streams));
    });
}
