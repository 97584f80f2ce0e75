import type { Readable } from 'node:stream';
import { LineBuffer } from './LineBuffer';

/**
 * One line of a stream; `text` is undefined where it is longer than allowed or
 * not UTF-8, and `problem` says so.
 * @internal
 */
export interface Line {
  /** Counted from 1. */
  readonly number: number;
  readonly text?: string;
  readonly problem?: string;
}

const NEWLINE = 10;

/**
 * Splits a stream of bytes at its line feeds, with never more of it in memory
 * than a chunk and the longest line that is allowed.
 * @internal
 */
export async function* readLines(
  stream: Readable,
  options: { maxBytes: number },
): AsyncGenerator<Line> {
  const line = new LineBuffer(options.maxBytes);
  let number = 1;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    let from = 0;
    let end = chunk.indexOf(NEWLINE);
    while (end >= 0) {
      line.add(chunk.subarray(from, end));
      yield { number, ...line.take() };
      number += 1;
      from = end + 1;
      end = chunk.indexOf(NEWLINE, from);
    }
    line.add(chunk.subarray(from));
  }
  if (!line.isEmpty()) yield { number, ...line.take() };
}
