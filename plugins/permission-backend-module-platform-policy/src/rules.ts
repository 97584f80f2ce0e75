import { Permission } from '@backstage/plugin-permission-common';

/**
 * The proxy would hand the portal's cluster account to whoever asks; and DORA's events come from
 * pipelines and signed webhooks, which need no permission: what people could post, nobody could trust.
 */
const NOBODY: readonly string[] = ['kubernetes.proxy', 'dora.events.write'];

/**
 * What concerns every team at once: the template editor runs any action with the portal's
 * accounts, and removing a location removes entities of owners it does not name.
 */
const ADMINISTRATORS: readonly string[] = [
  'catalog.location.delete',
  'catalog.ingestion.read',
  'catalog.ingestion.manage',
  'dora.inbox.replay',
  'scaffolder.template.management',
  'scaffolder.template.dry-run',
];

const EVERYBODY: readonly string[] = [
  'catalog.entity.create',
  'catalog.entity.validate',
  'catalog.location.create',
  'catalog.location.analyze',
  'dora.samples.delete',
  'kubernetes.clusters.read',
  'kubernetes.resources.read',
  'scaffolder.action.execute',
  'scaffolder.task.create',
];

/** Plugins of ours that check ownership themselves, with the rule's name in the refusal. */
const DECIDED_BY_PLUGIN: readonly string[] = ['git.', 'platform.'];

/** @internal */
export function isForNobody({ name }: Permission): boolean {
  return NOBODY.includes(name);
}

/** @internal */
export function isAdministratorsOnly({ name }: Permission): boolean {
  return ADMINISTRATORS.includes(name);
}

/**
 * Everything may be read by whoever is signed in, unless a rule above says otherwise.
 *
 * @internal
 */
export function isForEverybody({ name, attributes }: Permission): boolean {
  return (
    attributes.action === 'read' ||
    EVERYBODY.includes(name) ||
    DECIDED_BY_PLUGIN.some(prefix => name.startsWith(prefix))
  );
}
