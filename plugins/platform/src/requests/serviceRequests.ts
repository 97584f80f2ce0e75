import {
  isEnvironment,
  serviceNamespace,
  type Environment,
  type PlatformRequest,
} from '@waymark/plugin-platform-common';

/** What the form of a new service has been told so far. @internal */
export interface ServiceForm {
  readonly name?: string;
  readonly owner?: string;
  readonly description?: string;
  readonly runtime?: string;
  readonly environments: readonly Environment[];
  readonly size?: string;
}

/** Reads the form's data, which may be incomplete or prefilled by a link. @internal */
export function readServiceForm(data: unknown): ServiceForm {
  const form = (data ?? {}) as Record<string, unknown>;
  const text = (key: string) =>
    typeof form[key] === 'string' && form[key] ? form[key] : undefined;
  return {
    name: text('name'),
    owner: text('owner'),
    description: text('description'),
    runtime: text('runtime'),
    environments: Array.isArray(form.environments)
      ? form.environments.filter(isEnvironment)
      : [],
    size: text('size'),
  };
}

/** What a new service asks the platform for; empty until name and team are known. @internal */
export function serviceRequests(form: ServiceForm): PlatformRequest[] {
  const { name, owner, description, environments, size } = form;
  if (!name || !owner) {
    return [];
  }
  return [
    { kind: 'Repository', name, owner, spec: { description } },
    ...environments.map(environment => ({
      kind: 'Namespace' as const,
      name: serviceNamespace(name, environment),
      owner,
      environment,
      component: name,
      spec: { size },
    })),
  ];
}
