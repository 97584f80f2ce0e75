import type { Observable } from '@backstage/types';
import {
  ScaffolderClient,
  type LogEvent,
} from '@backstage/plugin-scaffolder-common';
import ObservableImpl from 'zen-observable';
import { withoutStack } from './withoutStack';

/**
 * The scaffolder's client, without the stacks that the scaffolder writes into
 * the log of a failed step: people read that log.
 * @internal
 */
export class PlainLogScaffolderClient extends ScaffolderClient {
  streamLogs(
    ...args: Parameters<ScaffolderClient['streamLogs']>
  ): Observable<LogEvent> {
    const events = super.streamLogs(...args);
    return new ObservableImpl<LogEvent>(subscriber => {
      const subscription = events.subscribe({
        next: event =>
          subscriber.next({
            ...event,
            body: { ...event.body, message: withoutStack(event.body.message) },
          }),
        error: error => subscriber.error(error),
        complete: () => subscriber.complete(),
      });
      return () => subscription.unsubscribe();
    });
  }
}
