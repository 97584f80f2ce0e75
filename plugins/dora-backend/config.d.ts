import type { HumanDuration } from '@backstage/types';

interface Webhook {
  /**
   * What the sender signs with, or sends as a token. Several while it is being changed.
   * @visibility secret
   */
  secret: string | string[];
}

export interface Config {
  dora?: {
    /** Environments that count, in any case of letters. Default: production, prod. */
    productionEnvironments?: string[];
    /** Whether attempts that ended in failure count as failed deployments. Default: true. */
    failedAttemptsCount?: boolean;
    /** How long after a deployment an incident that names none may still be its. Default: 72 hours. */
    attributionWindow?: HumanDuration | string;
    retention?: {
      /** How long events and what is derived from them are kept; false: for ever. Default: 3 years. */
      events?: HumanDuration | string | false;
      /** How long the bodies of webhooks are kept; false: for ever. Default: 30 days. */
      rawBodies?: HumanDuration | string | false;
    };
    /** The `source` of made-up events, which people may remove with one click. Default: none. */
    sampleSource?: string;
    /** A sender without an entry here is answered with 404. */
    webhooks?: {
      github?: Webhook;
      gitlab?: Webhook;
      argocd?: Webhook;
      pagerduty?: Webhook;
      alertmanager?: Webhook;
    };
  };
}
