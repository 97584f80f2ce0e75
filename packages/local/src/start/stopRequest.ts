/**
 * Aborted when this process is asked to stop, in whatever way: a signal, or the launcher that started it being gone.
 * @internal
 */
export function stopRequest(): AbortSignal {
  const controller = new AbortController();
  const abort = () => controller.abort();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, abort);
  }
  process.once('disconnect', abort);
  return controller.signal;
}
