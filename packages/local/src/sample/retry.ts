import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Repeats work that needs a part of the portal which is still coming up.
 * @throws what the work threw last, after `attempts`
 * @internal
 */
export async function retry<T>(
  work: () => Promise<T>,
  options: { attempts: number; pauseMs: number; signal: AbortSignal },
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      options.signal.throwIfAborted();
      if (attempt >= options.attempts) {
        throw error;
      }
      await sleep(options.pauseMs, undefined, { signal: options.signal });
    }
  }
}
