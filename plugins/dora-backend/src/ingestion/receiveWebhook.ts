import { AuthenticationError, NotFoundError } from '@backstage/errors';
import type { Request, Response } from 'express';
import { createHash } from 'node:crypto';
import type { DoraContext } from '../context';
import { webhookSourceIds, type WebhookSource } from '../sources/types';
import { knownSenders, unknownSenders } from './BodyBudget';
import type { IngestionService, StoredDelivery } from './IngestionService';
import { parseJson } from './parseJson';
import { readBody } from './readBody';
import { requireWebhookBody } from './requireWebhookBody';

const MAX_KEY = 200;
const NO_BODY = Buffer.alloc(0);
const OTHER =
  'A delivery with this id was stored before with another body, which is kept: the sender reuses its ids.';

/** What {@link receiveWebhook} takes. @internal */
export interface WebhookOptions
  extends Pick<DoraContext, 'auditor' | 'config'> {
  readonly ingestion: IngestionService;
  readonly sources: readonly WebhookSource[];
}

/**
 * Stores a webhook that its sender has signed.
 * @throws NotFoundError for a sender without a secret, AuthenticationError
 * when the signature is missing or wrong, which leaves nothing but an audit event
 * @internal
 */
export async function receiveWebhook(
  req: Request,
  res: Response,
  options: WebhookOptions,
): Promise<StoredDelivery> {
  const { source, secrets } = findSource(req.params.source, options);
  const { headers } = req;
  const requireSignature = (rawBody: Buffer) => {
    if (!source.verify({ headers, rawBody, secrets })) throw wrong(source);
  };
  const known = source.signs === 'request';
  if (known && !source.verify({ headers, rawBody: NO_BODY, secrets })) {
    return audited(req, source, options, async () => {
      throw wrong(source);
    });
  }
  const rawBody = await readBody(
    req,
    res,
    known ? knownSenders : unknownSenders,
  );
  return audited(req, source, options, async () => {
    requireSignature(rawBody);
    requireWebhookBody(parseJson(rawBody, 'The body'));
    return options.ingestion.acceptDelivery({
      source: source.id,
      deliveryKey: shorten(source.deliveryKey({ headers, rawBody })),
      headers: keptHeaders(req, source),
      body: rawBody,
    });
  });
}

async function audited(
  req: Request,
  source: WebhookSource,
  { auditor }: Pick<WebhookOptions, 'auditor'>,
  receive: () => Promise<StoredDelivery>,
): Promise<StoredDelivery> {
  const event = await auditor.createEvent({
    eventId: 'webhook-receive',
    severityLevel: 'low',
    request: withoutAuthorization(req),
    meta: { source: source.id },
  });
  try {
    const stored = await receive();
    const { duplicate, differs } = stored;
    await event.success({
      meta: { duplicate, ...(differs && { note: OTHER }) },
    });
    return stored;
  } catch (error) {
    await event.fail({ error: error as Error });
    throw error;
  }
}

function wrong({ id }: WebhookSource): Error {
  return new AuthenticationError(
    `The signature is missing or wrong: the secret that ${id} signs with must be the one in dora.webhooks.${id}.secret.`,
  );
}

/** The auditor would take a sender's bearer token for one of Backstage's own, and fail. */
function withoutAuthorization(req: Request): Request {
  const { authorization: _, ...headers } = req.headers;
  return Object.create(req, { headers: { value: headers } });
}

function findSource(id: string, { sources, config }: WebhookOptions) {
  const source = sources.find(each => each.id === id);
  if (!source) {
    throw new NotFoundError(
      `There is no such webhook: there are ${webhookSourceIds.join(', ')}.`,
    );
  }
  const secrets = config.webhooks[source.id];
  if (!secrets) {
    throw new NotFoundError(
      `Webhooks of ${source.id} are not taken: set dora.webhooks.${source.id}.secret.`,
    );
  }
  return { source, secrets };
}

function keptHeaders(
  req: Request,
  source: WebhookSource,
): Record<string, string> {
  return Object.fromEntries(
    source.keptHeaders.flatMap(name => {
      const value = req.headers[name];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}

/** An index entry has little room, and a sender may send any key. */
function shorten(key: string): string {
  return key.length <= MAX_KEY
    ? key
    : createHash('sha256').update(key).digest('hex');
}
