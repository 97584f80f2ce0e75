import {
  computeMetrics,
  DoraEvent,
  normaliseServiceRef,
} from '@waymark/plugin-dora-common';
import type { Streams } from '../run';
import { BadLines } from './BadLines';
import type { ComputeOptions } from './computeOptions';
import { readEvents } from './readEvents';

/**
 * Computes the five metrics of the files' events and writes the answer as JSON.
 * @returns the exit status
 * @internal
 */
export async function compute(
  { files, input, clock, skipBad }: ComputeOptions,
  { stdin, stdout, stderr }: Streams,
): Promise<number> {
  const events: DoraEvent[] = [];
  const bad = new BadLines(stderr);
  for (const file of files) {
    await readEvents(
      file,
      { stdin, now: clock },
      { good: event => events.push(event), bad: line => bad.add(line) },
    );
  }
  const answer = computeMetrics({ ...input, events });
  stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
  bad.sumUp();
  for (const service of unheardOf(input.services ?? [], events)) {
    stderr.write(`No line is of ${service}.\n`);
  }
  return bad.count > 0 && !skipBad ? 1 : 0;
}

/** Likely misspelt, when everything about them is 0. */
function unheardOf(
  services: readonly string[],
  events: readonly DoraEvent[],
): string[] {
  const heardOf = new Set(
    events.flatMap(event =>
      event.kind === 'deployment' ? event.service : event.services,
    ),
  );
  return services.filter(ref => !heardOf.has(normaliseServiceRef(ref) ?? ref));
}
