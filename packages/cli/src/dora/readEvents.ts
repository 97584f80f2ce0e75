import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { DoraEvent, parseEvent } from '@waymark/plugin-dora-common';
import { Line, readLines } from '../io/readLines';
import { UsageError } from '../run';
import type { BadLine } from './BadLines';

/** Longer than any event: a file without line feeds must not fill the memory. */
const MAX_LINE_BYTES = 64 * 1024 * 1024;

/** What is done with what is read. @internal */
export interface EventSink {
  good(event: DoraEvent): void;
  bad(line: BadLine): void;
}

/**
 * Reads a file of events, one a line, or standard input where it is `-`.
 * @throws UsageError where the file cannot be read
 * @internal
 */
export async function readEvents(
  file: string,
  options: { readonly stdin: Readable; readonly now: number },
  sink: EventSink,
): Promise<void> {
  const stream = file === '-' ? options.stdin : createReadStream(file);
  try {
    for await (const line of readLines(stream, { maxBytes: MAX_LINE_BYTES })) {
      if (line.text?.trim() === '') continue;
      const parsed = parseLine(line, options.now);
      if (parsed.ok) sink.good(parsed.event);
      else sink.bad({ file, line: line.number, message: parsed.message });
    }
  } catch (error) {
    throw unreadable(file, error as NodeJS.ErrnoException);
  }
}

function parseLine({ text, problem }: Line, now: number) {
  if (text === undefined) return notJson(problem ?? 'is empty');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return notJson(`is not JSON: ${(error as Error).message}`);
  }
  return parseEvent(value, now);
}

function notJson(what: string) {
  return { ok: false, message: `the line ${what}` } as const;
}

const REASONS: Record<string, string> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'this account may not read it',
};

function unreadable(file: string, error: NodeJS.ErrnoException): Error {
  if (!error.code) return error;
  return new UsageError(
    `--file ${file} cannot be read: ${REASONS[error.code] ?? error.message}`,
  );
}
