import { isError } from '@backstage/errors';

/**
 * Runs an action so that what it throws is a sentence and nothing else: the
 * scaffolder writes an error's stack into the log that people read. `left`
 * says what the run has made so far and how to go on.
 * @internal
 */
export async function plainErrors<T>(
  signal: AbortSignal | undefined,
  left: () => Promise<string | undefined>,
  run: () => Promise<T>,
): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const reason = signal?.aborted ? 'The run was cancelled.' : words(error);
    throw plain(error, [reason, await left()].filter(Boolean).join(' '));
  }
}

function words(error: unknown): string {
  if (!isError(error)) {
    return 'The step failed for an unknown reason.';
  }
  const line = error.message.split('\n')[0].trim();
  return /[.!?]$/.test(line) ? line : `${line}.`;
}

function plain(cause: unknown, message: string): Error {
  const error = new Error(message);
  if (isError(cause) && !cause.name.includes('Abort')) {
    error.name = cause.name;
  }
  error.stack = message;
  return error;
}
