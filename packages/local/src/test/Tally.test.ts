import { countTap } from './browser';
import { countJest } from './jest';
import { Tally } from './Tally';

describe('Tally', () => {
  it('ends with the counts of every runner in one line', () => {
    const tally = new Tally();
    tally.add({ passed: 1 });
    countJest(
      {
        numPassedTests: 40,
        numFailedTests: 1,
        numPendingTests: 2,
        numTodoTests: 0,
        numRuntimeErrorTestSuites: 1,
      },
      tally,
    );
    countTap(
      'ok 1 - x\n# tests 6\n# pass 3\n# fail 1\n# cancelled 1\n# skipped 1\n# todo 0\n',
      tally,
    );
    tally.skip(5, 'the cluster tests');

    expect(tally.summary().split('\n')).toEqual([
      'skipped: the cluster tests',
      '44 passed, 4 failed, 8 skipped',
    ]);
  });

  it('counts a runner that broke off as a failure', () => {
    const tally = new Tally();
    countJest(undefined, tally);
    countTap('', tally);

    expect(tally.failed).toBe(2);
  });
});
