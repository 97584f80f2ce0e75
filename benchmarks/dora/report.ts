import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { count, mb, ms, row } from './format';
import type { BadLines } from './measure/badLines';
import type { Ingestion } from './measure/ingestion';
import type { Measured } from './measure/measure';
import type { BenchOptions } from './options';

/** All that was measured. */
export interface Results {
  readonly options: BenchOptions;
  readonly machine: string;
  readonly histories: readonly Measured[];
  readonly verified: number;
  readonly ingested: Ingestion;
  readonly stream: BadLines;
}

// Run from the sources only.
// eslint-disable-next-line no-restricted-syntax
const readme = join(__dirname, 'README.md');
const BETWEEN = /(<!-- results -->)[^]*(<!-- end of results -->)/;

/** Prints the results, and puts them into README.md where that is asked for. */
export async function report(results: Results, write: boolean): Promise<void> {
  const text = tables(results);
  process.stdout.write(`${text}\n`);
  if (!write) return;
  const before = readFileSync(readme, 'utf8');
  writeFileSync(readme, before.replace(BETWEEN, `$1\n\n${text}\n\n$2`));
}

function tables(results: Results): string {
  const { ingested, stream, verified, options, machine } = results;
  return [
    `${new Date().toISOString().slice(0, 10)}, ${machine}, ${
      options.services
    } services.`,
    '',
    ...queryTable(results.histories),
    '',
    ...lateTable(results.histories),
    '',
    '| ingestion over HTTP | |',
    '| --- | --- |',
    `| sent | ${count(ingested.sent)} events in ${
      options.seconds
    } s, batches of 20; 5 % twice, 5 % out of order |`,
    `| taken | ${count(ingested.accepted)} new, ${count(
      ingested.duplicates,
    )} duplicates; every event counted once afterwards |`,
    `| acknowledged | p50 ${ms(ingested.acknowledged.p50)}, p95 ${ms(
      ingested.acknowledged.p95,
    )} after the planned instant |`,
    `| waiting at the end | ${count(ingested.backlog)} events, processed ${ms(
      ingested.drainedMs,
    )} later |`,
    `| memory of the backend | ${mb(ingested.memory.first)} before, ${mb(
      ingested.memory.most,
    )} at most |`,
    '',
    '| one NDJSON stream | |',
    '| --- | --- |',
    `| lines | ${count(stream.lines)}, ${count(
      stream.accepted,
    )} taken and ${count(stream.rejected)} refused, in ${stream.seconds.toFixed(
      1,
    )} s |`,
    `| memory of the backend | ${mb(stream.memory.first)} before, ${mb(
      stream.memory.most,
    )} at most |`,
    '',
    `The answers of ${verified} services drawn at random, and of the whole organisation over a tenth of the history, are those of \`computeMetrics\` over the same events.`,
  ].join('\n');
}

function queryTable(histories: readonly Measured[]): string[] {
  const rows = histories.flatMap(
    ({ history, rows: { deployments }, questions }) =>
      questions.map(({ name, http, plain }) =>
        row([
          name,
          `${history}, ${count(deployments)} deployments`,
          count(http.samples),
          ms(http.p50),
          ms(http.p95),
          ms(plain.p50),
          `${(plain.p50 / http.p50).toFixed(1)}`,
        ]),
      ),
  );
  return [
    row([
      'question',
      'history',
      'lead times in the window',
      'p50',
      'p95',
      'plain SQL, p50',
      'ratio',
    ]),
    row(['---', '---', '---:', '---:', '---:', '---:', '---:']),
    ...rows,
  ];
}

function lateTable(histories: readonly Measured[]): string[] {
  return [
    row([
      'history',
      'late event in the answer, p50',
      'p95',
      'most',
      'changes',
      'database',
      'memory of the backend',
    ]),
    row(['---', '---:', '---:', '---:', '---:', '---:', '---:']),
    ...histories.map(({ history, late, rows, gigabytes, memory }) =>
      row([
        history,
        ...[ms(late.p50), ms(late.p95), ms(late.max)],
        count(rows.changes),
        `${gigabytes.toFixed(1)} GB`,
        mb(memory),
      ]),
    ),
  ];
}
