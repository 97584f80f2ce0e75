import { ManagedProcessOptions, spawnManaged } from './spawnManaged';

/**
 * Runs a command to its end, with all it says in its log; a stop request ends it.
 * @throws Error when it does not end well
 * @internal
 */
export async function runManaged(
  options: ManagedProcessOptions & { abort: AbortSignal },
): Promise<void> {
  options.abort.throwIfAborted();
  const child = await spawnManaged(options);
  const stop = () => void child.end(2_000);
  options.abort.addEventListener('abort', stop, { once: true });
  const { code, signal } = await child.exited;
  options.abort.removeEventListener('abort', stop);
  options.abort.throwIfAborted();
  if (code !== 0) {
    throw new Error(
      `${options.command} ended with ${signal ?? `status ${code}`}`,
    );
  }
}
