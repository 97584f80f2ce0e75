import { closeSync, openSync, readSync } from 'node:fs';
import { ManagedProcessOptions, spawnManaged } from './spawnManaged';

/**
 * Runs a command to its end and shows what it says as it says it.
 * @returns its exit status
 * @internal
 */
export async function streamManaged(
  options: ManagedProcessOptions & { abort: AbortSignal },
): Promise<number> {
  options.abort.throwIfAborted();
  const child = await spawnManaged(options);
  const follow = follower(options.logFile);
  const timer = setInterval(follow.copy, 200);
  const stop = () => void child.end(5_000);
  options.abort.addEventListener('abort', stop, { once: true });
  const { code } = await child.exited;
  options.abort.removeEventListener('abort', stop);
  clearInterval(timer);
  follow.copy();
  follow.close();
  options.abort.throwIfAborted();
  return code ?? 1;
}

// Through the file rather than a pipe: what was said is on disk also when this process is killed.
function follower(file: string) {
  const handle = openSync(file, 'r');
  const buffer = Buffer.alloc(64 * 1024);
  let position = 0;
  return {
    copy() {
      for (;;) {
        const read = readSync(handle, buffer, 0, buffer.length, position);
        if (read === 0) return;
        position += read;
        process.stdout.write(Buffer.from(buffer.subarray(0, read)));
      }
    },
    close: () => closeSync(handle),
  };
}
