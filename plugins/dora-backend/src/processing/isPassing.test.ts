import { InputError } from '@backstage/errors';
import { isPassing } from './isPassing';

const coded = (code: string) => Object.assign(new Error('raw SQL'), { code });

describe('isPassing', () => {
  it.each([
    ['a refused connection', coded('ECONNREFUSED')],
    ['a server that shuts down', coded('57P01')],
    ['a statement that took too long', coded('57014')],
    ['a transaction that took too long', coded('25P04')],
    ['a lock that was not had in time', coded('55P03')],
    ['a conflict of transactions', coded('40001')],
    ['a deadlock', coded('40P01')],
    ['a full disk', coded('53100')],
    ['a connection that broke', new Error('Connection terminated')],
    ['what one of these caused', new Error('x', { cause: coded('40001') })],
  ])('is true of %s', (_what, error) => {
    expect(isPassing(error)).toBe(true);
  });

  it.each([
    ['a value that does not fit', coded('22003')],
    ['a constraint', coded('23505')],
    ['a mistake in the code', new TypeError('x is undefined')],
    ['a body that talks of it', new InputError('"pool" is not valid JSON')],
  ])('is false of %s', (_what, error) => {
    expect(isPassing(error)).toBe(false);
  });
});
