import {
  describeSize,
  isSizeName,
  ownerName,
  serviceNamespace,
  type Offerings,
} from '@waymark/plugin-platform-common';
import type { ServiceForm } from '../../requests';

/** What will be made, a sentence each; empty until name and team are known. @internal */
export function planSentences(
  form: ServiceForm,
  offerings: Offerings,
): string[] {
  const { name, owner, environments, size } = form;
  if (!name || !owner) {
    return [];
  }
  const quota = isSizeName(size)
    ? describeSize(offerings.sizes[size])
    : undefined;
  const team = ownerName(owner);
  return [
    `Repository ${team}/${name}, with the first commit in your name, tests, CI, Dockerfile and docs.`,
    ...environments.map(
      environment =>
        `Namespace ${serviceNamespace(name, environment)}${
          quota ? ` with a quota of ${quota}` : ''
        }. ${team} may work in it; other namespaces cannot reach it.`,
    ),
    `Component ${name} in the catalog, with its docs.`,
    `A first deployment to ${environments.join(' and ')}.`,
  ];
}
