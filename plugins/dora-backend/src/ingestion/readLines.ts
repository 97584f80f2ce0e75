import { InputError } from '@backstage/errors';
import type { IncomingItem } from './IngestionService';
import { MAX_LINE } from './limits';
import { parseJson } from './parseJson';

const NEWLINE = 0x0a;
const EXCERPT = 1_000;

/**
 * Reads NDJSON line by line. Holds one line of at most 1 MB and one chunk;
 * reads on only when the items before are taken. The index counts from 0 and
 * includes empty lines.
 * @internal
 */
export async function* readLines(
  stream: AsyncIterable<Buffer>,
): AsyncGenerator<IncomingItem> {
  let parts: Buffer[] = [];
  let length = 0;
  let index = 0;
  const take = (part: Buffer) => {
    // What is over the limit is counted, not kept.
    if (length <= MAX_LINE) parts.push(part);
    length += part.length;
  };
  const end = () => {
    const line = toItem(index, parts, length);
    parts = [];
    length = 0;
    index += 1;
    return line;
  };
  for await (const chunk of stream) {
    let from = 0;
    for (
      let to = chunk.indexOf(NEWLINE);
      to >= 0;
      to = chunk.indexOf(NEWLINE, from)
    ) {
      take(chunk.subarray(from, to));
      from = to + 1;
      const item = end();
      if (item) yield item;
    }
    if (from < chunk.length) take(chunk.subarray(from));
  }
  const last = length > 0 ? end() : undefined;
  if (last) yield last;
}

function toItem(
  index: number,
  parts: readonly Buffer[],
  length: number,
): IncomingItem | undefined {
  const line = parts.length === 1 ? parts[0] : Buffer.concat(parts);
  if (length > MAX_LINE) {
    return problem(
      index,
      line,
      `The line is ${length} bytes long, and at most ${MAX_LINE} (1 MB) are taken.`,
    );
  }
  if (isBlank(line)) return undefined;
  try {
    return { index, value: parseJson(line, 'The line') };
  } catch (error) {
    if (error instanceof InputError) return problem(index, line, error.message);
    throw error;
  }
}

function isBlank(line: Buffer): boolean {
  return line.every(byte => byte === 0x20 || byte === 0x09 || byte === 0x0d);
}

function problem(index: number, line: Buffer, message: string): IncomingItem {
  return {
    index,
    problem: { field: 'line', message },
    item: line.subarray(0, EXCERPT).toString('utf8'),
  };
}
