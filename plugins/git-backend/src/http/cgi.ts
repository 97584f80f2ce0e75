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
  return new Promise(resolve => {
    const finish = (head: CgiHead | undefined) => {
      output.off('data', onData);
      output.off('end', onEnd);
      output.off('error', onEnd);
      output.pause();
      resolve(head);
    };
    const onEnd = () => finish(undefined);
    const onData = (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      const end = bytes.indexOf('\r\n\r\n');
      if (end >= 0) {
        finish({
          ...parse(bytes.toString('latin1', 0, end)),
          rest: bytes.subarray(end + 4),
        });
      } else if (bytes.length > MAX_HEAD) {
        finish(undefined);
      }
    };
    output.on('data', onData);
    output.on('end', onEnd);
    output.on('error', onEnd);
  });
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
