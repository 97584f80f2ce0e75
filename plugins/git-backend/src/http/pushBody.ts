import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { createGunzip } from 'node:zlib';
import type { Request } from 'express';
import { nextOf } from './ByteReader';

/** For how long a client that still sends after git has refused may go on, so that it reads why. */
const GRACE_MS = 2_000;

/** For how long a client may send nothing in the middle of a push; git sends what it has made ready. */
const STALL_MS = 60_000;

/**
 * The bytes of a push, unpacked.
 * @internal
 */
export function bodyOf(req: Request): AsyncIterator<Buffer> {
  if (req.get('content-encoding') !== 'gzip') {
    return req[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }
  const unpacked = createGunzip();
  // Whoever reads hears of it; an error while nobody reads must not end the process.
  unpacked.on('error', () => {});
  // A pipe alone would wait for ever for the rest of what a client that hung up has begun.
  req.once('close', () => {
    if (!req.readableEnded) {
      unpacked.destroy(new Error('The client hung up'));
    }
  });
  return req.pipe(unpacked)[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
}

/**
 * Gives git what was read already and then the rest, until git has ended or the client is gone or sends nothing more.
 * @internal
 */
export async function pour(
  first: Buffer,
  body: AsyncIterator<Buffer>,
  child: ChildProcessWithoutNullStreams,
  stallMs = STALL_MS,
): Promise<void> {
  const { stdin } = child;
  const exited = once(child, 'exit').then(
    () => undefined,
    () => undefined,
  );
  try {
    let chunk: Buffer | undefined = first;
    while (chunk && stdin.writable) {
      if (!stdin.write(chunk)) {
        await Promise.race([once(stdin, 'drain'), exited]);
      }
      chunk = await Promise.race([
        nextOf(body, AbortSignal.timeout(stallMs)),
        exited,
      ]);
    }
  } catch {
    // The client hung up or stopped in the middle: git sees the end of the input and drops what came so far.
  } finally {
    stdin.end();
  }
}

/**
 * Reads on for a short time, so that the client reads the answer instead of a broken connection.
 * @internal
 */
export async function drain(
  body: AsyncIterator<Buffer>,
  req: Request,
): Promise<void> {
  const deadline = setTimeout(() => req.destroy(), GRACE_MS);
  try {
    while (!(await body.next()).done);
  } catch {
    // Cut off, as announced.
  } finally {
    clearTimeout(deadline);
  }
}
