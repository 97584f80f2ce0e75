import { change, incident } from '../__testUtils__/history';
import { failing, story, success } from '../__testUtils__/story';

describe('deriveFacts, of rollouts', () => {
  it('fails when any member has, at the finish of the last', () => {
    expect(
      story([
        failing('a', 'V1', '10:00', { rolloutId: 'r' }),
        success('b', 'V1', '11:00', { rolloutId: 'r', environment: 'prod' }),
        success('c', 'V1', '12:00'),
      ]),
    ).toEqual(['b unsuccessful failed(failed-attempt) 11:00-12:00', 'c first']);
  });

  it('is found by the id of any member', () => {
    expect(
      story([
        success('a', 'V1', '10:00', { rolloutId: 'r' }),
        success('b', 'V1', '11:00', { rolloutId: 'r', environment: 'prod' }),
        ...incident('i', ['10:30', '10:45'], { deployment: 'a' }),
        success('c', 'V2', '12:00', { remediates: { deployment: 'a' } }),
      ]),
    ).toEqual([
      'b first failed(incident i, remediated by c) 10:30-10:45',
      'c new rework(remediation of a)',
    ]);
  });

  it('counts what a member lists that did not finish last', () => {
    const rollout = { rolloutId: 'r' };
    expect(
      story([
        success('a', 'V1', '10:00', {
          ...rollout,
          changes: [change('c', '09:00')],
        }),
        success('b', 'V1', '11:00', { ...rollout, environment: 'prod' }),
      ]),
    ).toEqual(['b first +c']);
  });

  it('remediates once, however many members say so', () => {
    const remediates = { deployment: 'a' };
    expect(
      story([
        success('a', 'V1', '10:00'),
        success('b', 'V2', '11:00', { rolloutId: 'r', remediates }),
        success('c', 'V2', '12:00', {
          ...{ rolloutId: 'r', remediates },
          environment: 'prod',
        }),
      ]),
    ).toEqual([
      'a first failed(remediated by c) 10:00-12:00',
      'c new rework(remediation of a)',
    ]);
  });

  it('is rework when one member declares it', () => {
    expect(
      story([
        success('a', 'V1', '10:00', { rolloutId: 'r' }),
        success('b', 'V1', '11:00', {
          rolloutId: 'r',
          environment: 'prod',
          hotfix: true,
        }),
      ]),
    ).toEqual(['b first rework(hotfix)']);
  });

  it('counts what any member lists, each change once', () => {
    const both = { rolloutId: 'r', changes: [change('c', '09:00')] };
    expect(
      story([
        success('a', 'V1', '10:00', both),
        success('b', 'V1', '11:00', { ...both, environment: 'prod' }),
        success('x', 'V1', '11:30', { environment: 'prod' }),
      ]),
    ).toEqual(['b first +c', 'x redeployment']);
  });
});
