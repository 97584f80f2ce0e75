import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { parseView, type View, writeView } from '../view';

/** What the address says, and how to change it. @internal */
export interface ViewState {
  readonly view: View;
  /** Sentences about what the address says wrongly; the view has the default there. */
  readonly problems: readonly string[];
  /** Goes to a changed view, as a new entry of the browser's history. */
  readonly change: (changes: Partial<View>) => void;
  /** Forgets everything that the address says. */
  readonly reset: () => void;
}

/** The view that the address stands for. @internal */
export function useView(): ViewState {
  const [query, setQuery] = useSearchParams();
  const text = query.toString();
  const parsed = useMemo(() => parseView(new URLSearchParams(text)), [text]);
  const change = useCallback(
    (changes: Partial<View>) =>
      setQuery(old => writeView(old, { ...parseView(old).view, ...changes }), {
        preventScrollReset: true,
      }),
    [setQuery],
  );
  const reset = useCallback(() => setQuery({}), [setQuery]);
  return { ...parsed, change, reset };
}
