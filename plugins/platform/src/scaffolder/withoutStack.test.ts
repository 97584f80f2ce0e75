import { withoutStack } from './withoutStack';

describe('withoutStack', () => {
  it('keeps what happened and drops where in the code', () => {
    const { stack = '' } = new Error('The name "orders" is taken.');
    expect(withoutStack(stack)).toBe('Error: The name "orders" is taken.');
  });

  it('keeps messages of several lines', () => {
    expect(withoutStack('one\n  two\nat three')).toBe('one\n  two\nat three');
  });
});
