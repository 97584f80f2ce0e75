import { ConflictError, NotFoundError } from '@backstage/errors';
import type { IngestionService } from '../ingestion/IngestionService';
import type { InboxKind, InboxStore } from './InboxStore';

/** Has what did not count tried again. @internal */
export class InboxService {
  constructor(
    private readonly options: {
      readonly ingestion: IngestionService;
      readonly store: InboxStore;
      /** Asks the catalog anew, and processes what waits. */
      readonly wake: () => void;
      /** Wants the changes again that no Git provider had; returns of how many deployments. */
      readonly retryChanges: () => Promise<number>;
    },
  ) {}

  /**
   * @throws NotFoundError when there is nothing such in the inbox,
   * ConflictError when it cannot be tried again
   */
  async replay(kind: InboxKind, id: string): Promise<void> {
    if (kind === 'rejection') {
      await this.replayRejection(id);
    } else if (!(await this.options.store.reopen(kind, id))) {
      throw new NotFoundError(`The inbox holds no ${kind} ${id}.`);
    }
    this.options.wake();
  }

  /** Returns how many are tried again; rejected items are left to be sent again. */
  async replayAll(): Promise<number> {
    const { store, retryChanges, wake } = this.options;
    const reopened = await store.reopenAll();
    wake();
    return reopened + (await retryChanges());
  }

  private async replayRejection(id: string): Promise<void> {
    const { store, ingestion } = this.options;
    const rejection = await store.rejection(id);
    if (!rejection) {
      throw new NotFoundError(`The inbox holds no rejection ${id}.`);
    }
    const { kind, item, complete, source: route } = rejection;
    if (!complete || item === undefined) {
      throw new ConflictError(
        'This item was not kept whole: have its sender correct it and send it again.',
      );
    }
    const items = [{ index: 0, value: JSON.parse(item) }];
    const { rejected } = await ingestion.accept(items, { kind, route });
    if (rejected.length > 0) {
      throw new ConflictError(
        `It is rejected again: ${rejected[0].message}. Have its sender correct it and send it again.`,
      );
    }
    await store.removeRejection(id);
  }
}
