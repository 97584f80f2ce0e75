import { readDurationFromConfig, type Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds, type HumanDuration } from '@backstage/types';
import { webhookSourceIds, type WebhookSourceId } from './sources/types';

/** The plugin's settings; durations in milliseconds. @internal */
export interface DoraConfig {
  /** In lower case. */
  readonly productionEnvironments: readonly string[];
  readonly failedAttemptsCount: boolean;
  readonly attributionWindow: number;
  readonly retention: {
    /** Undefined: kept for ever. */
    readonly events?: HumanDuration;
    /** Undefined: kept for ever. */
    readonly rawBodies?: HumanDuration;
  };
  /** The source of events that are made up, and may be removed with one click. */
  readonly sampleSource?: string;
  /** Secrets; several where they are being rotated. */
  readonly webhooks: Readonly<
    Partial<Record<WebhookSourceId, readonly string[]>>
  >;
}

/** Reads everything under `dora`, once. @internal */
export function readDoraConfig(config: Config): DoraConfig {
  const dora = config.getOptionalConfig('dora');
  const production = dora?.getOptionalStringArray('productionEnvironments') ?? [
    'production',
    'prod',
  ];
  if (production.length === 0) {
    throw new InputError(
      'dora.productionEnvironments is empty: name at least one environment.',
    );
  }
  const attributionWindow = dora?.has('attributionWindow')
    ? readDurationFromConfig(dora, { key: 'attributionWindow' })
    : { hours: 72 };
  return {
    productionEnvironments: production.map(name => name.toLowerCase()),
    failedAttemptsCount:
      dora?.getOptionalBoolean('failedAttemptsCount') ?? true,
    attributionWindow: durationToMilliseconds(attributionWindow),
    retention: {
      events: retention(dora, 'events', { years: 3 }),
      rawBodies: retention(dora, 'rawBodies', { days: 30 }),
    },
    sampleSource: dora?.getOptionalString('sampleSource'),
    webhooks: Object.fromEntries(
      webhookSourceIds.map(source => [source, secrets(dora, source)]),
    ),
  };
}

function retention(
  dora: Config | undefined,
  name: string,
  fallback: HumanDuration,
): HumanDuration | undefined {
  const key = `retention.${name}`;
  if (!dora?.has(key)) return fallback;
  const given = dora.getOptional(key);
  if (given === false) return undefined;
  const duration = readDurationFromConfig(dora, { key });
  if (durationToMilliseconds(duration) <= 0) {
    throw new InputError(
      `dora.${key} is not a time to keep things for: give a duration such as { years: 3 }, or false to keep them for ever.`,
    );
  }
  return duration;
}

function secrets(
  dora: Config | undefined,
  source: WebhookSourceId,
): readonly string[] | undefined {
  const key = `webhooks.${source}`;
  const webhook = dora?.getOptionalConfig(key);
  if (!webhook) return undefined;
  const secret = webhook.getOptional('secret');
  const given = Array.isArray(secret)
    ? webhook.getStringArray('secret')
    : [webhook.getOptionalString('secret') ?? ''];
  if (given.some(each => each === '') || given.length === 0) {
    throw new InputError(
      `dora.${key}.secret is empty: give the secret that the sender signs with, or leave dora.${key} out.`,
    );
  }
  return given;
}
