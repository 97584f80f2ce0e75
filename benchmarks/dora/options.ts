import { parseArgs } from 'node:util';

/** What is measured. */
export interface BenchOptions {
  readonly services: number;
  /** A tenth of the services have histories of their own, and the others copies of them. */
  readonly copies: boolean;
  /** Whether it is measured with ten times the history as well. */
  readonly long: boolean;
  /** Seconds of ingestion. */
  readonly seconds: number;
  /** Lines of the stream of which every second one is bad. */
  readonly lines: number;
  /** Whether README.md gets the results. */
  readonly write: boolean;
}

/** Reads the command line. */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      services: { type: 'string' },
      copies: { type: 'boolean', default: false },
      'no-long': { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
    },
  });
  const { quick } = values;
  return {
    services: Number(values.services ?? (quick ? 50 : 1000)),
    copies: values.copies,
    long: !values['no-long'],
    seconds: quick ? 5 : 60,
    lines: quick ? 20_000 : 1_000_000,
    write: values.write,
  };
}
