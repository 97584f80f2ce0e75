import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { createGunzip } from 'node:zlib';
import type { Request } from 'express';

/** For how long a client that still sends after git has refused may go on, so that it reads why. */
const GRACE_MS = 2_000;

/**
 * The bytes of a push, unpacked.
 * @internal
 */
export function bodyOf(req: Request): AsyncIterator<Buffer> {
  const stream =
    req.get('content-encoding') === 'gzip' ? req.pipe(createGunzip()) : req;
  return stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
}

/**
 * Gives git what was read already and then the rest, until git has ended or the client is gone.
 * @internal
 */
export async function pour(
  first: Buffer,
  body: AsyncIterator<Buffer>,
  child: ChildProcessWithoutNullStreams,
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
      const next = await Promise.race([body.next(), exited]);
      chunk = next?.done ? undefined : next?.value;
    }
  } catch {
    // The client hung up in the middle: git sees the end of the input and drops what came so far.
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
