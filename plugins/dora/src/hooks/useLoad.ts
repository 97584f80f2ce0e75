import { useCallback, useEffect, useRef, useState } from 'react';

/** Where loading something stands. @internal */
export type Load<T> =
  | {
      readonly state: 'loading';
      /** The answer to the question before, to be shown until the new one is there. */
      readonly last?: T;
    }
  | { readonly state: 'failed'; readonly error: Error }
  | { readonly state: 'ready'; readonly value: T };

/** What {@link useLoad} answers. @internal */
export interface Loading<T> {
  readonly result: Load<T>;
  /** Loads again, and keeps what there is until then. */
  readonly refresh: () => void;
}

/**
 * Loads when `key` changes; undefined loads nothing. A late answer to an old question is dropped.
 * @internal
 */
export function useLoad<T>(
  key: string | undefined,
  load: (signal: AbortSignal) => Promise<T>,
): Loading<T> {
  const [attempt, setAttempt] = useState(0);
  const [loaded, setLoaded] = useState<{ key: string; result: Load<T> }>();
  const latest = useRef(load);
  latest.current = load;

  useEffect(() => {
    if (key === undefined) return undefined;
    const controller = new AbortController();
    setLoaded(before =>
      before?.result.state === 'failed' ? undefined : before,
    );
    latest
      .current(controller.signal)
      .then(
        (value): Load<T> => ({ state: 'ready', value }),
        (error): Load<T> => ({ state: 'failed', error: asError(error) }),
      )
      .then(result => {
        if (!controller.signal.aborted) setLoaded({ key, result });
      });
    return () => controller.abort();
  }, [key, attempt]);

  const refresh = useCallback(() => setAttempt(count => count + 1), []);
  if (loaded && loaded.key === key) {
    return { result: loaded.result, refresh };
  }
  const last =
    loaded?.result.state === 'ready' ? loaded.result.value : undefined;
  return { result: { state: 'loading', last }, refresh };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
