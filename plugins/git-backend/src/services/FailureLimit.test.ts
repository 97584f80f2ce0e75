import { FailureLimit } from './FailureLimit';

describe('FailureLimit', () => {
  it('stops an address after its failures, and not another, until the window ends', () => {
    const now = jest.spyOn(Date, 'now').mockReturnValue(0);
    const limit = new FailureLimit({ failures: 2, windowMs: 1000 });
    limit.count('a');
    expect(() => limit.check('a')).not.toThrow();
    limit.count('a');
    expect(() => limit.check('a')).toThrow('Too many wrong passwords');
    expect(() => limit.check('b')).not.toThrow();
    now.mockReturnValue(1001);
    expect(() => limit.check('a')).not.toThrow();
    now.mockRestore();
  });
});
