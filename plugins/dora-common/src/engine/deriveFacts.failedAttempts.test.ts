import { incident } from '../__testUtils__/history';
import { failing, story, success } from '../__testUtils__/story';

describe('deriveFacts, of failed attempts', () => {
  it('keeps an incident of its own apart from the outage around it', () => {
    expect(
      story([
        failing('a', 'V1', '10:00'),
        failing('b', 'V1', '10:10'),
        failing('c', 'V1', '10:20'),
        success('d', 'V1', '11:00'),
        ...incident('i', ['10:12', '10:40'], { deployment: 'b' }),
      ]),
    ).toEqual([
      'a unsuccessful failed(failed-attempt) 10:00-11:00',
      'b unsuccessful failed(failed-attempt, incident i) 10:12-10:40',
      'c unsuccessful failed(failed-attempt)',
      'd first',
    ]);
  });

  it('lets the next one hold the outage where the first has an incident of its own', () => {
    expect(
      story([
        failing('a', 'V1', '10:00'),
        failing('b', 'V1', '10:10'),
        failing('c', 'V1', '10:20'),
        success('d', 'V1', '11:00'),
        ...incident('i', ['10:01', '10:40'], { deployment: 'a' }),
      ]),
    ).toEqual([
      'a unsuccessful failed(failed-attempt, incident i) 10:01-10:40',
      'b unsuccessful failed(failed-attempt) 10:10-11:00',
      'c unsuccessful failed(failed-attempt)',
      'd first',
    ]);
  });

  it('begins another outage after each success, whatever it deploys', () => {
    expect(
      story([
        success('a', 'V1', '10:00'),
        failing('b', 'V2', '11:00'),
        success('c', 'V1', '12:00'),
        failing('d', 'V2', '13:00'),
      ]),
    ).toEqual([
      'a first',
      'b unsuccessful failed(failed-attempt) 11:00-12:00',
      'c redeployment',
      'd unsuccessful failed(failed-attempt) 13:00-',
    ]);
  });

  it('lets them count as finished only, where so configured', () => {
    const events = [
      failing('a', 'V1', '10:00'),
      failing('b', 'V1', '10:10'),
      success('c', 'V1', '11:00', { remediates: { deployment: 'b' } }),
    ];
    expect(story(events, { failedAttemptsCount: false })).toEqual([
      'a unsuccessful',
      'b unsuccessful failed(remediated by c) 10:10-11:00',
      'c first rework(remediation of b)',
    ]);
  });

  it('leaves out what was cancelled, skipped or has not ended', () => {
    expect(
      story([
        success('a', 'V1', '10:00', { status: 'cancelled' }),
        success('b', 'V1', '10:00', { status: 'skipped' }),
        success('c', 'V1', '10:00', { status: 'queued' }),
        success('d', 'V1', '10:00', { status: 'in_progress' }),
      ]),
    ).toEqual([]);
  });
});
