import {
  type DependencyList,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';

/** What became of loading a value. @internal */
export type Loaded<T> =
  | { readonly status: 'loading' }
  | { readonly status: 'error'; readonly error: Error }
  | { readonly status: 'ready'; readonly value: T };

/**
 * Loads a value, and loads it again when a dependency changes or on `retry`; what is shown stays while the same is loaded again.
 * A late answer to an old question is dropped.
 * @internal
 */
export function useLoad<T>(
  load: (signal: AbortSignal) => Promise<T>,
  dependencies: DependencyList,
): { readonly state: Loaded<T>; readonly retry: () => void } {
  const [state, setState] = useState<Loaded<T>>({ status: 'loading' });
  const [attempt, setAttempt] = useState(0);
  const lastAttempt = useRef(attempt);

  useEffect(() => {
    const controller = new AbortController();
    const isAgain = lastAttempt.current !== attempt;
    lastAttempt.current = attempt;
    setState(current =>
      isAgain && current.status === 'ready' ? current : { status: 'loading' },
    );
    load(controller.signal).then(
      value =>
        controller.signal.aborted || setState({ status: 'ready', value }),
      error =>
        controller.signal.aborted ||
        setState({
          status: 'error',
          error: error instanceof Error ? error : new Error(String(error)),
        }),
    );
    return () => controller.abort();
    // The caller's list says when the value is another one.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [...dependencies, attempt]);

  const retry = useCallback(() => setAttempt(count => count + 1), []);
  return { state, retry };
}
