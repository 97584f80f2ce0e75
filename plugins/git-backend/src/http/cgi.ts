import { once } from 'node:events';
import type { Readable } from 'node:stream';

/** Header block of a CGI answer (RFC 3875, section 6). */
export type CgiHead = {
  readonly status: number;
  readonly headers: ReadonlyArray<readonly [string, string]>;
  /** What was read past the header block. */
  readonly rest: Buffer;
};

const MAX_HEAD = 16 * 1024;

/**
 * Reads the header block of a CGI program's output and leaves the rest of the stream paused.
 * Undefined when the output ends before, or is no CGI answer.
 * @internal
 */
export async function readCgiHead(
  output: Readable,
): Promise<CgiHead | undefined> {
  let bytes = Buffer.alloc(0);
  for (;;) {
    const chunk = await nextChunk(output);
    if (!chunk) {
      return undefined;
    }
    bytes = Buffer.concat([bytes, chunk]);
    const end = bytes.indexOf('\r\n\r\n');
    if (end >= 0) {
      return {
        ...parse(bytes.toString('latin1', 0, end)),
        rest: bytes.subarray(end + 4),
      };
    }
    if (bytes.length > MAX_HEAD) {
      return undefined;
    }
  }
}

/** The next bytes of a paused stream; undefined at its end. */
async function nextChunk(output: Readable): Promise<Buffer | undefined> {
  for (;;) {
    const chunk: Buffer | null = output.read();
    if (chunk) {
      return chunk;
    }
    if (output.readableEnded || output.destroyed) {
      return undefined;
    }
    const stop = new AbortController();
    const waits = ['readable', 'end', 'close'].map(name =>
      once(output, name, { signal: stop.signal }),
    );
    await Promise.race(waits).catch(() => {});
    stop.abort();
    await Promise.allSettled(waits);
  }
}

function parse(text: string): Omit<CgiHead, 'rest'> {
  const headers = text.split('\r\n').map(line => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trim()] as const;
  });
  const status = headers.find(([name]) => name.toLowerCase() === 'status');
  return {
    status: status ? Number.parseInt(status[1], 10) : 200,
    headers: headers.filter(([name]) => name.toLowerCase() !== 'status'),
  };
}
