import { useState } from 'react';
import type { InboxItem } from '../../api';
import { useDora } from '../../hooks';

/** Identifies what stands in the inbox. @internal */
export function keyOf({ kind, id }: Pick<InboxItem, 'kind' | 'id'>): string {
  return `${kind} ${id}`;
}

/** Replays events, one or all, and says what is under way and what failed. @internal */
export function useReplay(onReplayed: () => void) {
  const api = useDora();
  const [pending, setPending] = useState<string>();
  const [failure, setFailure] = useState<string>();
  const run = async (name: string, action: () => Promise<void>) => {
    setPending(name);
    setFailure(undefined);
    try {
      await action();
      onReplayed();
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    } finally {
      setPending(undefined);
    }
  };
  return {
    pending,
    failure,
    one: (item: InboxItem) => run(keyOf(item), () => api.replay(item)),
    all: () => run('all', () => api.replayAll()),
  };
}
