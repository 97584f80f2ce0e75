import { AuthenticationError, NotFoundError } from '@backstage/errors';
import type { Request, Response } from 'express';
import { createHash } from 'node:crypto';
import type { DoraContext } from '../context';
import { webhookSourceIds, type WebhookSource } from '../sources/types';
import type { IngestionService } from './IngestionService';
import { parseJson } from './parseJson';
import { readBody } from './readBody';
import { requireWebhookBody } from './requireWebhookBody';

const MAX_KEY = 200;

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
): Promise<{ duplicate: boolean }> {
  const { source, secrets } = findSource(req.params.source, options);
  const rawBody = await readBody(req, res);
  const event = await options.auditor.createEvent({
    eventId: 'webhook-receive',
    severityLevel: 'low',
    request: withoutAuthorization(req),
    meta: { source: source.id },
  });
  try {
    if (!source.verify({ headers: req.headers, rawBody, secrets })) {
      throw new AuthenticationError(
        `The signature is missing or wrong: the secret that ${source.id} signs with must be the one in dora.webhooks.${source.id}.secret.`,
      );
    }
    requireWebhookBody(parseJson(rawBody, 'The body'));
    const stored = await options.ingestion.acceptDelivery({
      source: source.id,
      deliveryKey: shorten(
        source.deliveryKey({ headers: req.headers, rawBody }),
      ),
      headers: keptHeaders(req, source),
      body: rawBody,
    });
    await event.success({ meta: { duplicate: stored.duplicate } });
    return stored;
  } catch (error) {
    await event.fail({ error: error as Error });
    throw error;
  }
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
