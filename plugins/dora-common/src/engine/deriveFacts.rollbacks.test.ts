import { change } from '../__testUtils__/history';
import { failing, story, success } from '../__testUtils__/story';

describe('deriveFacts, of rollbacks', () => {
  it('blames the first deployment after the target, and adds up what V4 adds', () => {
    const c2 = change('c2', '08:00');
    const c3 = change('c3', '08:00');
    expect(
      story([
        success('a', 'V1', '10:00'),
        success('b', 'V2', '11:00', { changes: [c2] }),
        success('c', 'V3', '12:00', { changes: [c3] }),
        success('d', 'V1', '13:00'),
        success('e', 'V4', '14:00', {
          changes: [c2, c3, change('c4', '13:30')],
        }),
      ]),
    ).toEqual([
      'a first',
      'b new failed(rolled-back by d) 11:00-13:00 +c2',
      'c new +c3',
      'd rollback rework(rollback to a)',
      'e new +c4',
    ]);
  });

  it('takes going forth and back again literally', () => {
    expect(
      story([
        success('a', 'V1', '10:00'),
        success('b', 'V2', '11:00'),
        success('c', 'V1', '12:00'),
        success('d', 'V2', '13:00'),
      ]),
    ).toEqual([
      'a first',
      'b new failed(rolled-back by c) 11:00-12:00',
      'c rollback failed(rolled-back by d) rework(rollback to a) 12:00-13:00',
      'd rollback rework(rollback to b)',
    ]);
  });

  it('goes back to the latest time at which the revision was live', () => {
    expect(
      story([
        success('a', 'V1', '10:00'),
        success('b', 'V1', '10:30'),
        success('c', 'V2', '11:00'),
        success('d', 'V1', '12:00'),
        success('e', 'V3', '13:00'),
        success('f', 'V1', '14:00'),
      ]),
    ).toEqual([
      'a first',
      'b redeployment',
      'c new failed(rolled-back by d) 11:00-12:00',
      'd rollback rework(rollback to b)',
      'e new failed(rolled-back by f) 13:00-14:00',
      'f rollback rework(rollback to d)',
    ]);
  });

  it('passes over failed attempts on the way', () => {
    expect(
      story([
        success('a', 'V1', '10:00'),
        failing('x', 'V2', '10:30'),
        success('b', 'V2', '11:00'),
        failing('y', 'V1', '11:30'),
        success('c', 'V1', '12:00'),
      ]),
    ).toEqual([
      'a first',
      'x unsuccessful failed(failed-attempt) 10:30-11:00',
      'b new failed(rolled-back by c) 11:00-12:00',
      'y unsuccessful failed(failed-attempt) 11:30-12:00',
      'c rollback rework(rollback to a)',
    ]);
  });

  it('does not take a revision that only failed before for one that was live', () => {
    expect(
      story([
        success('a', 'V1', '10:00'),
        failing('x', 'V2', '10:30'),
        success('b', 'V3', '11:00'),
        success('c', 'V2', '12:00'),
      ])[3],
    ).toBe('c new');
  });
});
