import type { ExistingResource, RequestContext, RuleInput } from './context';

/** Judges whether the name is free, or already this owner's. @internal */
export function nameTaken(
  input: RuleInput,
  context: RequestContext,
): { allowed: boolean; message: string } {
  for (const existing of context.existing) {
    const refusal = refuse(input, existing);
    if (refusal) {
      return { allowed: false, message: refusal };
    }
  }
  if (context.existing.length === 0) {
    return {
      allowed: true,
      message: context.unchecked
        ? `Whether the name "${input.name}" is free could not be checked: ${context.unchecked}`
        : `The name "${input.name}" is free.`,
    };
  }
  const [existing] = context.existing;
  return {
    allowed: true,
    message:
      existing.what === 'namespace'
        ? `The namespace "${input.name}" exists and belongs to ${existing.owner}; it is brought to what is asked for.`
        : `The repository ${existing.ref} exists and is not in the catalog yet; a run that stopped before the end is continued.`,
  };
}

function refuse(
  input: RuleInput,
  existing: ExistingResource,
): string | undefined {
  const belongs = existing.owner ? ` belongs to ${existing.owner}` : ' exists';
  if (existing.what === 'component') {
    return `The name "${input.name}" is taken: ${existing.ref}${belongs}. Choose another name.`;
  }
  if (existing.what === 'repository') {
    const foreign = existing.owner && existing.owner !== input.owner;
    return foreign
      ? `The repository ${existing.ref}${belongs}. Choose another name.`
      : undefined;
  }
  return refuseNamespace(input, existing);
}

function refuseNamespace(
  input: RuleInput,
  existing: ExistingResource,
): string | undefined {
  const { ref } = existing;
  if (input.kind === 'Repository') {
    return `The name "${
      input.name
    }" is taken: the namespace "${ref}" belongs to ${
      existing.owner ?? 'somebody outside Waymark'
    }. Choose another name.`;
  }
  if (!existing.managed) {
    return `The namespace "${input.name}" exists and was not made by Waymark. Choose another name.`;
  }
  if (existing.owner !== input.owner) {
    return `The namespace "${input.name}" belongs to ${existing.owner}. Choose another name, or ask its owner.`;
  }
  if (existing.terminating) {
    return `The namespace "${input.name}" is being deleted. Try again when it is gone, in about a minute.`;
  }
  if (
    input.component &&
    existing.component &&
    input.component !== existing.component
  ) {
    return `The namespace "${input.name}" belongs to your component "${existing.component}". Choose another name.`;
  }
  if (existing.environment && existing.environment !== input.environment) {
    return `The namespace "${input.name}" is in the environment ${existing.environment}. Ask for ${existing.environment}, or choose another name.`;
  }
  return undefined;
}
