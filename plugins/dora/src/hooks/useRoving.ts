import { type KeyboardEvent, useCallback, useRef, useState } from 'react';

const STEPS: Record<string, (index: number, count: number) => number> = {
  ArrowLeft: index => index - 1,
  ArrowRight: index => index + 1,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/**
 * Lets the arrow keys, Home and End move the focus through a row of `count` elements, of which Tab reaches one.
 * @internal
 */
export function useRoving(count: number) {
  const [current, setCurrent] = useState(count - 1);
  const elements = useRef(new Map<number, HTMLElement>());
  const reachable = Math.min(Math.max(current, 0), count - 1);

  const onKeyDown = useCallback(
    (event: KeyboardEvent) => {
      const target = STEPS[event.key]?.(reachable, count);
      if (target === undefined) return;
      event.preventDefault();
      const next = Math.min(Math.max(target, 0), count - 1);
      setCurrent(next);
      elements.current.get(next)?.focus();
    },
    [reachable, count],
  );
  const propsOf = (index: number) => ({
    ref: (element: HTMLElement | null) => {
      if (element) elements.current.set(index, element);
      else elements.current.delete(index);
    },
    tabIndex: index === reachable ? 0 : -1,
    onFocus: () => setCurrent(index),
  });
  return { onKeyDown, propsOf };
}
