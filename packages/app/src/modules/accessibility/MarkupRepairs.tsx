import { useEffect } from 'react';
import { repairMarkup } from './repairs';

/**
 * Repairs what is on the page, and again whenever something is added to it.
 *
 * @internal
 */
export function MarkupRepairs() {
  useEffect(() => {
    let scheduled: number | undefined;
    const repair = () => {
      scheduled = undefined;
      repairMarkup(document.body);
    };
    const observer = new MutationObserver(() => {
      // Once a frame: a page that renders adds hundreds of nodes.
      scheduled ??= requestAnimationFrame(repair);
    });
    observer.observe(document.body, { childList: true, subtree: true });
    repair();
    return () => {
      observer.disconnect();
      if (scheduled !== undefined) cancelAnimationFrame(scheduled);
    };
  }, []);
  // eslint-disable-next-line no-restricted-syntax -- React's way to draw nothing
  return null;
}
