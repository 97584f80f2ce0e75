import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import { parsePayload, text, type Parsed } from './payload';
import { singleHeader } from './signatures';

/** The part of a CloudEvent 1.0 that matters here. @internal */
export interface CloudEvent {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly time?: string;
  readonly data?: unknown;
}

const schema = z.object({
  specversion: z.literal('1.0', { message: 'must be "1.0"' }),
  id: text(),
  source: text(2000),
  type: text(),
  time: text(64).optional(),
  data: z.unknown().optional(),
  data_base64: z.string().optional(),
});

/** How a CloudEvent is put into an HTTP request. @internal */
export type CloudEventMode = 'structured' | 'batch' | 'binary';

/**
 * Which of the modes of the CloudEvents HTTP binding (3.1 to 3.3) a request
 * uses; undefined: it carries no CloudEvent.
 * @internal
 */
export function cloudEventMode(
  headers: IncomingHttpHeaders,
): CloudEventMode | undefined {
  const contentType = (headers['content-type'] ?? '').toLowerCase();
  if (contentType.startsWith('application/cloudevents-batch')) return 'batch';
  if (contentType.startsWith('application/cloudevents')) return 'structured';
  return headers['ce-specversion'] === undefined ? undefined : 'binary';
}

// Header values are percent-encoded (HTTP binding, 3.1.3.2).
function decode(value: string | undefined): string | undefined {
  try {
    return value && decodeURIComponent(value);
  } catch {
    return value;
  }
}

function fromHeaders(headers: IncomingHttpHeaders, data: unknown): unknown {
  const attribute = (name: string) =>
    decode(singleHeader(headers, `ce-${name}`));
  return {
    specversion: attribute('specversion'),
    id: attribute('id'),
    source: attribute('source'),
    type: attribute('type'),
    time: attribute('time'),
    data,
  };
}

function readEvent(value: unknown, at?: string): Parsed<CloudEvent> {
  const parsed = parsePayload(schema, value, at);
  if ('rejected' in parsed) return parsed;
  const { data_base64: encoded, specversion: _, ...event } = parsed.value;
  if (encoded === undefined) return { value: event };
  try {
    const data: unknown = JSON.parse(
      Buffer.from(encoded, 'base64').toString('utf8'),
    );
    return { value: { ...event, data } };
  } catch {
    const message = 'data_base64 must be JSON in Base64.';
    return { rejected: { field: 'data_base64', message } };
  }
}

/**
 * Reads the CloudEvents of a request whose body has been parsed as JSON: one
 * result for each event. Without a CloudEvent's headers or content type, the
 * body is taken for a CloudEvent in JSON, or for a list of them.
 * @internal
 */
export function readCloudEvents(
  headers: IncomingHttpHeaders,
  body: unknown,
): readonly Parsed<CloudEvent>[] {
  if (cloudEventMode(headers) === 'binary') {
    return [readEvent(fromHeaders(headers, body))];
  }
  return Array.isArray(body)
    ? body.map(event => readEvent(event))
    : [readEvent(body)];
}
