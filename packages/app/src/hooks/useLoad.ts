import { toError } from '@backstage/errors';
import { DependencyList, useCallback, useEffect, useState } from 'react';

/** @internal */
export type Loaded<T> =
  | { readonly status: 'loading' }
  | { readonly status: 'error'; readonly error: Error }
  | { readonly status: 'ready'; readonly value: T };

/** @internal */
export interface LoadOptions<T> {
  /** How long to wait before loading again, by how the last time went; `undefined` for never. */
  readonly again?: (last: Loaded<T>) => number | undefined;
}

/**
 * Loads a value when its dependencies change, keeps the last one on the screen while it loads
 * again, and starts from the skeleton only on `retry`.
 *
 * @internal
 */
export function useLoad<T>(
  load: (signal: AbortSignal) => Promise<T>,
  dependencies: DependencyList,
  { again }: LoadOptions<T> = {},
): { readonly state: Loaded<T>; readonly retry: () => void } {
  const [state, setState] = useState<Loaded<T>>({ status: 'loading' });
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    const controller = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const run = async () => {
      const next = await settle(() => load(controller.signal));
      if (controller.signal.aborted) return;
      setState(next);
      const delay = again?.(next);
      if (delay !== undefined) timer = setTimeout(run, delay);
    };
    void run();
    return () => {
      controller.abort();
      clearTimeout(timer);
    };
    // The caller's list says when the value is another one.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [...dependencies, attempt]);

  const retry = useCallback(() => {
    setState({ status: 'loading' });
    setAttempt(count => count + 1);
  }, []);
  return { state, retry };
}

async function settle<T>(load: () => Promise<T>): Promise<Loaded<T>> {
  try {
    return { status: 'ready', value: await load() };
  } catch (error) {
    return { status: 'error', error: toError(error) };
  }
}
