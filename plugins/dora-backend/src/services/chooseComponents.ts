import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { normaliseServiceRef } from '@waymark/plugin-dora-common';
import { readSourcePath } from '../changes/sourcePaths';
import type { ServiceLookup } from '../sources/types';
import type { ResolvedServices } from './ServiceResolver';

/** Globs from the root of the repository, parted by commas or line breaks. */
const SOURCE_PATH = 'dora/source-path';

/**
 * Which of the Components of a repository (or of whatever the annotation
 * names) an event is about: the one that the sender names; otherwise, where it
 * says which paths changed, those whose `dora/source-path` matches and those
 * that have none; otherwise all, because the whole repository was deployed.
 * @internal
 */
export function chooseComponents(
  candidates: readonly Entity[],
  lookup: ServiceLookup,
): ResolvedServices {
  const { component, changedPaths } = lookup;
  if (candidates.length === 0) {
    return { found: [], problem: describeMissing(lookup) };
  }
  if (candidates.length > 1 && component !== undefined) {
    const wanted = normaliseServiceRef(component);
    const named = candidates.filter(
      entity =>
        stringifyEntityRef(entity) === wanted ||
        entity.metadata.name.toLocaleLowerCase('en-US') ===
          component.toLocaleLowerCase('en-US'),
    );
    return named.length > 0
      ? { found: named.map(entity => stringifyEntityRef(entity)) }
      : {
          found: [],
          problem: `None of the Components with ${describe(
            lookup,
          )} is called "${component}".`,
        };
  }
  const matching =
    candidates.length > 1 && changedPaths
      ? candidates.filter(entity => touches(entity, changedPaths))
      : candidates;
  return matching.length > 0
    ? { found: matching.map(entity => stringifyEntityRef(entity)) }
    : {
        found: [],
        problem: `No path that changed matches the ${SOURCE_PATH} of a Component with ${describe(
          lookup,
        )}.`,
      };
}

function touches(entity: Entity, changedPaths: readonly string[]): boolean {
  const globs = sourcePathsOf(entity.metadata.annotations ?? {});
  if (globs.length === 0) return true;
  const paths = globs.map(readSourcePath);
  return changedPaths.some(file => paths.some(path => path.matches(file)));
}

/** The globs of a Component's `dora/source-path`. @internal */
export function sourcePathsOf(
  annotations: Readonly<Record<string, string>>,
): string[] {
  return (annotations[SOURCE_PATH] ?? '')
    .split(/[,\n]/)
    .map(glob => glob.trim())
    .filter(glob => glob !== '');
}

function describeMissing(lookup: ServiceLookup): string {
  const { ref, annotations } = lookup;
  if (annotations.length === 0) {
    return `${
      ref ? normaliseServiceRef(ref) ?? ref : 'The service'
    } is no Component of the catalog.`;
  }
  return `No Component of the catalog has ${describe(lookup)}${
    ref ? ` or is called ${ref}` : ''
  }.`;
}

function describe({ annotations }: ServiceLookup): string {
  return annotations
    .map(({ annotation, value }) => `${annotation}: ${value}`)
    .join(' or ');
}
