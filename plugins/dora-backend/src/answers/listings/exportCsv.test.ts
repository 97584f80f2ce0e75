import { csvHeader, csvLines } from './exportCsv';
import type { DeploymentAnswer } from './wire';

/** What a line is made of, but for what is put into it. */
const base = {
  service: '',
  environment: '',
  source: '',
  failures: [],
  reworkReasons: [],
  incidents: [],
  changes: {},
} as unknown as DeploymentAnswer;

/** The cell of a deployment's id in its source. */
function cellOf(externalId: string): string {
  return csvLines([{ ...base, externalId }])
    .slice(3)
    .split(',')[0];
}

describe('exportCsv', () => {
  it('names its columns', () => {
    expect(csvHeader()).toMatch(/^service,environment,source,deployment,/);
  });

  it.each([
    ...['=1', '+1', '-1', '@a', '|a', '%a', '  =1', '\u00a0=1', '\0=1'],
    ...['\uff1d1', '\uff0b1', '\uff0d1', '\uff20a', '\ufe661', '\u22121'],
    ...['\u202e=1', '\u2066\u200e+1', '\ufeff-1', '\u200b \uff20a', '\u00ad=1'],
    ...['\u034f=1', '\u3164=1', '\u{e0001}=1', '\u0007=1'],
  ])('holds %j back from being run as a formula', value => {
    expect(cellOf(value)).toBe(`'${value}`);
  });

  it.each([
    'run-1',
    '\u202eabc',
    '1=1',
    'a@b',
    '\u4e2d\uff1d',
    '\u{1f680}',
    '',
  ])('leaves %j as it is', value => expect(cellOf(value)).toBe(value));

  it.each(['\t=1', '\r\n@a', '\ta'])('holds %j back', value => {
    expect(csvLines([{ ...base, externalId: value }])).toContain(`'${value}`);
  });
});
