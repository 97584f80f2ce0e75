import { DeliveryStatus } from '@waymark/plugin-platform-common';
import { Status, Tone } from './Status';

const STATES: Record<DeliveryStatus, { tone: Tone; text: string }> = {
  queued: { tone: 'busy', text: 'Queued' },
  running: { tone: 'busy', text: 'Rolling out' },
  succeeded: { tone: 'ok', text: 'Delivered' },
  failed: { tone: 'error', text: 'Failed' },
  superseded: { tone: 'neutral', text: 'Superseded' },
};

/**
 * How a delivery went.
 *
 * @internal
 */
export function DeliveryState({ status }: { status: DeliveryStatus }) {
  const { tone, text } = STATES[status] ?? { tone: 'neutral', text: status };
  return <Status tone={tone}>{text}</Status>;
}
