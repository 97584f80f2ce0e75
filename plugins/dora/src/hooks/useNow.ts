import { useCallback, useEffect, useState } from 'react';

const STALE_AFTER_MS = 30_000;

/**
 * The instant that the page was last asked about; it moves on request, and when the person comes back to the page.
 * @internal
 */
export function useNow(): { readonly now: number; readonly renew: () => void } {
  const [now, setNow] = useState(() => Date.now());
  const renew = useCallback(() => setNow(Date.now()), []);
  useEffect(() => {
    const onReturn = () => {
      if (document.visibilityState === 'visible') {
        setNow(before =>
          Date.now() - before > STALE_AFTER_MS ? Date.now() : before,
        );
      }
    };
    document.addEventListener('visibilitychange', onReturn);
    return () => document.removeEventListener('visibilitychange', onReturn);
  }, []);
  return { now, renew };
}
