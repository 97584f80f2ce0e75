import { failing, story, success } from '../__testUtils__/story';

describe('deriveFacts, of remediation', () => {
  it('ends a hotfix chain with its last deployment', () => {
    expect(
      story([
        success('D', 'V1', '10:00'),
        success('H1', 'V2', '11:00', { remediates: { deployment: 'D' } }),
        success('H2', 'V3', '12:00', { remediates: { deployment: 'H1' } }),
      ]),
    ).toEqual([
      'D first failed(remediated by H1) 10:00-12:00',
      'H1 new failed(remediated by H2) rework(remediation of D) 11:00-12:00',
      'H2 new rework(remediation of H1)',
    ]);
  });

  it('is ongoing while the last of the chain has not succeeded', () => {
    expect(
      story([
        success('D', 'V1', '10:00'),
        success('H1', 'V2', '11:00', { remediates: { deployment: 'D' } }),
        failing('H2', 'V3', '12:00', { remediates: { deployment: 'H1' } }),
      ]),
    ).toEqual([
      'D first failed(remediated by H1) 10:00-',
      'H1 new failed(remediated by H2) rework(remediation of D) 11:00-',
      'H2 unsuccessful failed(failed-attempt) 12:00-',
    ]);
  });

  it('ends with the last of several that remediate one', () => {
    const remediates = { deployment: 'D' };
    expect(
      story([
        success('D', 'V1', '10:00'),
        success('H1', 'V2', '11:00', { remediates }),
        success('H2', 'V3', '12:00', { remediates }),
      ])[0],
    ).toBe('D first failed(remediated by H1, remediated by H2) 10:00-12:00');
  });

  it('ignores itself, the future, circles and the unknown, but for rework', () => {
    expect(
      story([
        success('a', 'V1', '10:00', { remediates: { deployment: 'b' } }),
        success('b', 'V2', '11:00', { remediates: { deployment: 'b' } }),
        success('c', 'V3', '12:00', { remediates: { deployment: 'nobody' } }),
      ]),
    ).toEqual([
      'a first rework(remediation of b)',
      'b new rework(remediation of b)',
      'c new rework(remediation of nobody)',
    ]);
  });

  it('names the latest of several deployments of one id', () => {
    expect(
      story([
        success('D', 'V1', '10:00'),
        success('D', 'V2', '11:00', { source: 'other' }),
        success('H', 'V3', '12:00', { remediates: { deployment: 'D' } }),
      ]).map(line => line.includes('failed')),
    ).toEqual([false, true, false]);
  });

  it('counts a declared hotfix as rework, once, and failing ones not', () => {
    expect(
      story([
        success('a', 'V1', '10:00', { hotfix: true }),
        failing('b', 'V2', '11:00', { hotfix: true }),
      ]),
    ).toEqual([
      'a first rework(hotfix)',
      'b unsuccessful failed(failed-attempt) 11:00-',
    ]);
  });

  it('prefers the rollback to the chain', () => {
    expect(
      story([
        success('a', 'V1', '10:00'),
        success('b', 'V2', '11:00'),
        success('c', 'V1', '12:00'),
        success('d', 'V3', '13:00', { remediates: { deployment: 'b' } }),
      ])[1],
    ).toBe('b new failed(rolled-back by c, remediated by d) 11:00-12:00');
  });
});
