import { useCallback, useEffect, useRef, useState } from 'react';

/** Where loading something stands. @internal */
export type Load<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly error: Error }
  | {
      readonly state: 'ready';
      readonly value: T;
      /** Why the latest refresh failed; the value is the one before. */
      readonly stale?: Error;
    };

/** How {@link useLoad} loads. @internal */
export interface LoadOptions<T> {
  /** Loads once more after this many milliseconds; undefined for never. */
  readonly refreshAfter?: (value: T) => number | undefined;
}

/** What {@link useLoad} answers. @internal */
export interface Loading<T> {
  readonly result: Load<T>;
  /** Loads again from the start. */
  readonly retry: () => void;
  /** Loads again, and keeps what there is until then. */
  readonly refresh: () => void;
}

const RETRY_AFTER_MS = 10_000;

/** Loads when `key` changes, and keeps what it has while it refreshes. @internal */
export function useLoad<T>(
  key: string,
  load: (signal: AbortSignal) => Promise<T>,
  options: LoadOptions<T> = {},
): Loading<T> {
  const [attempt, setAttempt] = useState(0);
  const [loaded, setLoaded] = useState<{ key: string; result: Load<T> }>();
  const latest = useRef({ load, options });
  latest.current = { load, options };

  useEffect(() => {
    const controller = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const run = async () => {
      const next = await settle(latest.current.load(controller.signal));
      if (controller.signal.aborted) {
        return;
      }
      setLoaded(before => ({
        key,
        result: before?.key === key ? merge(before.result, next) : next,
      }));
      const known = next.state === 'ready' ? next.value : undefined;
      const wait =
        known === undefined
          ? RETRY_AFTER_MS
          : latest.current.options.refreshAfter?.(known);
      if (latest.current.options.refreshAfter && wait !== undefined) {
        timer = setTimeout(run, wait);
      }
    };
    run();
    return () => {
      controller.abort();
      clearTimeout(timer);
    };
  }, [key, attempt]);

  const refresh = useCallback(() => setAttempt(count => count + 1), []);
  const retry = useCallback(() => {
    setLoaded(undefined);
    refresh();
  }, [refresh]);
  return {
    result: loaded?.key === key ? loaded.result : { state: 'loading' },
    retry,
    refresh,
  };
}

async function settle<T>(promise: Promise<T>): Promise<Load<T>> {
  try {
    return { state: 'ready', value: await promise };
  } catch (error) {
    return {
      state: 'failed',
      error: error instanceof Error ? error : new Error(String(error)),
    };
  }
}

function merge<T>(before: Load<T>, next: Load<T>): Load<T> {
  return next.state === 'failed' && before.state === 'ready'
    ? { ...before, stale: next.error }
    : next;
}
