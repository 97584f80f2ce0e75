import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** A GitHub Actions workflow whose runs count as deployments. @internal */
export interface WorkflowRule {
  readonly name?: string;
  readonly path?: string;
  readonly environment: string;
  readonly component?: string;
}

/** Jobs of a GitLab pipeline that count as a deployment. @internal */
export interface PipelineRule {
  readonly stage?: string;
  readonly job?: string;
  readonly environment: string;
  readonly component?: string;
}

/** How webhooks are read. @internal */
export interface SourceSettings {
  /** In lower case. */
  readonly productionEnvironments: readonly string[];
  readonly github: { readonly workflows: readonly WorkflowRule[] };
  readonly gitlab: { readonly pipelines: readonly PipelineRule[] };
  /** The environment of applications that name none. */
  readonly argocd: { readonly environment: string };
  readonly alertmanager: {
    readonly serviceLabel: string;
    readonly environmentLabel: string;
    /** In lower case; undefined: alerts of every severity count. */
    readonly severities?: readonly string[];
  };
}

function readRules(config: Config, key: string, names: readonly string[]) {
  return (config.getOptionalConfigArray(key) ?? []).map((rule, index) => {
    const given = names.filter(name => rule.has(name));
    if (given.length !== 1) {
      throw new InputError(
        `${key}[${index}] must have either ${names.join(' or ')}`,
      );
    }
    return {
      [given[0]]: rule.getString(given[0]),
      environment: rule.getString('environment'),
      component: rule.getOptionalString('component'),
    };
  });
}

/** Reads `dora.webhooks` but for the secrets. @internal */
export function readSourceSettings(config: Config): SourceSettings {
  const alertmanager = 'dora.webhooks.alertmanager';
  return {
    productionEnvironments: (
      config.getOptionalStringArray('dora.productionEnvironments') ?? [
        'production',
        'prod',
      ]
    ).map(name => name.toLowerCase()),
    github: {
      workflows: readRules(config, 'dora.webhooks.github.workflows', [
        'name',
        'path',
      ]),
    },
    gitlab: {
      pipelines: readRules(config, 'dora.webhooks.gitlab.pipelines', [
        'stage',
        'job',
      ]),
    },
    argocd: {
      environment:
        config.getOptionalString('dora.webhooks.argocd.environment') ??
        'production',
    },
    alertmanager: {
      serviceLabel:
        config.getOptionalString(`${alertmanager}.serviceLabel`) ?? 'service',
      environmentLabel:
        config.getOptionalString(`${alertmanager}.environmentLabel`) ??
        'environment',
      severities: config
        .getOptionalStringArray(`${alertmanager}.severities`)
        ?.map(severity => severity.toLowerCase()),
    },
  };
}
