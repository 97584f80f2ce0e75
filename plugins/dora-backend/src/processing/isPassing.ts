import { InputError } from '@backstage/errors';

/**
 * Whether an error is of the database's or the network's day rather than of
 * the data: classes of SQLSTATE for connections (08), states of transactions
 * such as timeouts (25), serialisation and deadlocks (40), resources (53),
 * locks (55), operators and statement timeouts (57) and I/O (58).
 * @internal
 */
export function isPassing(error: unknown): boolean {
  const { code, name, cause } = error as {
    code?: unknown;
    name?: string;
    cause?: unknown;
  };
  // its message quotes what was sent, which may say anything
  if (error instanceof InputError) return false;
  if (name === 'KnexTimeoutError') return true;
  if (typeof code === 'string') {
    return /^(08|25|40|53|55|57|58)/.test(code) || /^E[A-Z]{3,}/.test(code);
  }
  if (cause instanceof Error) return isPassing(cause);
  return /Connection (terminated|ended)|connection error|timeout exceeded|read timeout|\bpool\b/i.test(
    error instanceof Error ? error.message : '',
  );
}
