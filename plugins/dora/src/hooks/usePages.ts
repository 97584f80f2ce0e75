import { useCallback, useEffect, useRef, useState } from 'react';
import type { Page } from '../api';

/** A listing that grows page by page. @internal */
export interface Pages<T> {
  readonly items: readonly T[];
  readonly state: 'loading' | 'failed' | 'ready';
  readonly error?: Error;
  readonly hasMore: boolean;
  /** Loads the next page, or tries again the one that failed. */
  readonly loadMore: () => void;
}

interface Held<T> extends Omit<Pages<T>, 'hasMore' | 'loadMore'> {
  readonly key: string;
  readonly cursor?: string;
}

/** Loads the first page when `key` changes and the next ones on request. @internal */
export function usePages<T>(
  key: string,
  load: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<T>>,
): Pages<T> {
  const [held, setHeld] = useState<Held<T>>(() => nothing(key));
  const [wanted, setWanted] = useState(0);
  const latest = useRef({ load, held });
  latest.current = { load, held };

  useEffect(() => {
    const controller = new AbortController();
    const before = latest.current.held;
    const start: Held<T> =
      before.key === key
        ? { ...before, state: 'loading', error: undefined }
        : nothing(key);
    setHeld(start);
    latest.current
      .load(start.cursor, controller.signal)
      .then(
        ({ items, nextCursor }): Held<T> => ({
          key,
          items: [...start.items, ...items],
          state: 'ready',
          cursor: nextCursor ?? undefined,
        }),
        (error): Held<T> => ({
          ...start,
          state: 'failed',
          error: error instanceof Error ? error : new Error(String(error)),
        }),
      )
      .then(next => {
        if (!controller.signal.aborted) setHeld(next);
      });
    return () => controller.abort();
  }, [key, wanted]);

  const loadMore = useCallback(() => setWanted(count => count + 1), []);
  const { items, state, error, cursor } =
    held.key === key ? held : nothing<T>(key);
  return {
    ...{ items, state, error, loadMore },
    hasMore: state === 'ready' && cursor !== undefined,
  };
}

function nothing<T>(key: string): Held<T> {
  return { key, items: [], state: 'loading' };
}
