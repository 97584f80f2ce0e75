/**
 * Whether an error is of the database's or the network's day rather than of
 * the data: classes of SQLSTATE for connections (08), serialisation and
 * deadlocks (40), resources (53), operators (57) and I/O (58).
 * @internal
 */
export function isPassing(error: unknown): boolean {
  const { code, name } = error as { code?: unknown; name?: string };
  if (name === 'KnexTimeoutError') return true;
  if (typeof code === 'string') {
    return /^(08|40|53|57|58)/.test(code) || /^E[A-Z]{3,}/.test(code);
  }
  return /Connection (terminated|ended)|pool/i.test(
    error instanceof Error ? error.message : '',
  );
}
