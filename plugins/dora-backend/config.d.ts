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
      github?: Webhook & {
        /** Workflows whose runs count as deployments; each by its name or its path. Default: none. */
        workflows?: Array<{
          /** As the workflow file names it. */
          name?: string;
          /** From the root of the repository, e.g. .github/workflows/deploy.yml. */
          path?: string;
          /** The environment that a run deploys to. */
          environment: string;
          /** In a repository of several Components: the one that is deployed. */
          component?: string;
        }>;
      };
      gitlab?: Webhook & {
        /** Jobs of pipelines that count as a deployment; by stage or by name. Default: none. */
        pipelines?: Array<{
          /** All jobs of this stage together. */
          stage?: string;
          /** The job of this name. */
          job?: string;
          /** The environment that they deploy to. */
          environment: string;
          /** In a repository of several Components: the one that is deployed. */
          component?: string;
        }>;
      };
      argocd?: Webhook & {
        /** Of applications without the label platform.waymark.dev/environment. Default: production. */
        environment?: string;
      };
      pagerduty?: Webhook;
      alertmanager?: Webhook & {
        /** The label that names the service. Default: service. */
        serviceLabel?: string;
        /** The label that names the environment; alerts of other environments than production are left out. Default: environment. */
        environmentLabel?: string;
        /** The values of the label severity that count. Default: all. */
        severities?: string[];
      };
    };
    /** The changes of deployments that come without, by comparison at the Git providers under `integrations`. */
    changes?: {
      /** Default: true. */
      enabled?: boolean;
      /** Comparisons of more commits are given up. Default: 5000. */
      maxCommits?: number;
      /** Comparisons at once at one Git host, by one backend instance. Default: 2. */
      concurrencyPerHost?: number;
      /** How long one request may take. Default: 30 seconds. */
      timeout?: HumanDuration | string;
      /** After so many failed attempts, with growing pauses, a comparison is given up. Default: 12. */
      maxAttempts?: number;
    };
    /**
     * Whether webhooks that Backstage's own events backend receives are taken.
     * Default: where it checks their signatures.
     */
    events?: {
      github?: boolean;
      gitlab?: boolean;
    };
  };
}
