import type { Writable } from 'node:stream';

/** A line that is no event. @internal */
export interface BadLine {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** Names the field. */
  readonly message: string;
}

/** Nobody reads more. */
const MOST_SAID = 1000;

/** Says which lines are not in the answer, as they come. @internal */
export class BadLines {
  count = 0;

  constructor(private readonly stderr: Writable) {}

  add({ file, line, message }: BadLine): void {
    this.count += 1;
    if (this.count > MOST_SAID) return;
    const name = file === '-' ? 'standard input' : file;
    this.stderr.write(`${name}:${line}: ${message}\n`);
  }

  sumUp(): void {
    if (this.count === 0) return;
    const more = this.count - MOST_SAID;
    const unsaid = more > 0 ? ` (${more} of them not listed)` : '';
    const lines = this.count === 1 ? '1 line is' : `${this.count} lines are`;
    this.stderr.write(`${lines} not in the answer${unsaid}.\n`);
  }
}
