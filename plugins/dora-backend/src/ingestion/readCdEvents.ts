import type { Request, Response } from 'express';
import {
  cloudEventMode,
  mapCdEvent,
  readCloudEvents,
  type CloudEvent,
  type SourceSettings,
} from '../sources';
import { knownSenders } from './BodyBudget';
import { findTextProblem } from './findTextProblem';
import { HttpError } from './HttpError';
import type { IgnoredDelivery, IncomingItem } from './IngestionService';
import { parseJson } from './parseJson';
import { readBody } from './readBody';
import { asItems, mediaType } from './readItems';

/** What the CloudEvents of a request come to. @internal */
export interface ReadCdEvents {
  readonly items: readonly IncomingItem[];
  /** Those that say nothing of deployments or incidents, with the reason. */
  readonly ignored: readonly IgnoredDelivery[];
}

/** Reads CDEvents in CloudEvents: structured, as a batch, or binary. @internal */
export async function readCdEvents(
  req: Request,
  res: Response,
  options: { readonly sourceSettings: SourceSettings },
): Promise<ReadCdEvents> {
  const type = mediaType(req);
  if (!cloudEventMode(req.headers) && type !== 'application/json') {
    throw new HttpError(
      415,
      `The content-type ${
        type ? `"${type.slice(0, 80)}" is not understood` : 'is missing'
      }: send application/cloudevents+json, application/cloudevents-batch+json, or JSON with the headers ce-specversion, ce-id, ce-source and ce-type.`,
    );
  }
  const body = parseJson(await readBody(req, res, knownSenders), 'The body');
  const binary = cloudEventMode(req.headers) === 'binary';
  const parts = binary ? [{ index: 0, value: body }] : asItems(body);
  const items: IncomingItem[] = [];
  const ignored: IgnoredDelivery[] = [];
  for (const part of parts) {
    if (!('value' in part)) {
      items.push(part);
      continue;
    }
    const problem = findTextProblem(part.value);
    if (problem) {
      items.push({ index: part.index, problem });
      continue;
    }
    const [parsed] = readCloudEvents(req.headers, part.value);
    const mapped =
      'rejected' in parsed
        ? parsed
        : mapCdEvent(parsed.value, options.sourceSettings);
    if ('rejected' in mapped) {
      items.push({ index: part.index, problem: mapped.rejected });
    } else if ('ignored' in mapped && 'value' in parsed) {
      ignored.push(toIgnored(parsed.value, mapped.ignored));
    } else if ('events' in mapped) {
      for (const each of mapped.events) {
        items.push({ index: part.index, mapped: each });
      }
    }
  }
  return { items, ignored };
}

function toIgnored(event: CloudEvent, reason: string) {
  return {
    source: 'cdevents',
    deliveryKey: JSON.stringify([event.source, event.id]),
    headers: {},
    body: Buffer.from(JSON.stringify(event)),
    reason,
  };
}
