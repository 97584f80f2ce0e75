import { InputError } from '@backstage/errors';
import { durationToMilliseconds, type HumanDuration } from '@backstage/types';

const DEFAULT_MS = 5 * 60_000;

/** A time limit given as seconds, as an ISO 8601 duration or as a HumanDuration. @internal */
export function timeoutMilliseconds(
  given: number | string | Record<string, number> | undefined,
): number {
  if (given === undefined) {
    return DEFAULT_MS;
  }
  if (typeof given === 'number') {
    return given * 1000;
  }
  const duration = typeof given === 'string' ? parse(given) : given;
  const milliseconds = duration
    ? durationToMilliseconds(duration as HumanDuration)
    : NaN;
  if (!(milliseconds > 0)) {
    throw new InputError(
      `timeout is ${JSON.stringify(
        given,
      )}: give seconds, an ISO 8601 duration as "PT5M", or { minutes: 5 }.`,
    );
  }
  return milliseconds;
}

function parse(text: string): HumanDuration | undefined {
  const match = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(text);
  if (!match) {
    return undefined;
  }
  const [hours, minutes, seconds] = match
    .slice(1)
    .map(part => Number(part ?? 0));
  return { hours, minutes, seconds };
}
