import type { RepositoryRef } from '@waymark/plugin-dora-node';

/** A host that is configured under `integrations`. @internal */
export interface ConfiguredHost {
  readonly host: string;
  /** Where the provider's pages begin, e.g. `https://git.example.com/gitlab`. */
  readonly baseUrl: string;
}

/** What {@link locateRepository} takes. @internal */
export interface LocateOptions {
  readonly annotations: Readonly<Record<string, string>>;
  readonly hosts: readonly ConfiguredHost[];
  /** The provider's own annotation, which names a repository without its host. */
  readonly slug?: { readonly annotation: string; readonly defaultHost: string };
  /** The repository's path from the segments after the base URL. */
  readonly toPath: (segments: readonly string[]) => string | undefined;
}

const LOCATIONS = [
  'backstage.io/source-location',
  'backstage.io/managed-by-location',
];

/**
 * The repository of a Component at one of the hosts. The provider's annotation
 * comes first: entities may be described elsewhere than where their code is.
 * @internal
 */
export function locateRepository(
  options: LocateOptions,
): RepositoryRef | undefined {
  const { annotations, hosts, slug, toPath } = options;
  const located = LOCATIONS.map(name => readLocation(annotations[name]))
    .flatMap(url => (url ? [{ url, host: findHost(url, hosts) }] : []))
    .find(({ host }) => host);
  const named = slug && annotations[slug.annotation]?.trim();
  if (slug && named) {
    const host =
      located?.host ??
      hosts.find(each => each.host === slug.defaultHost) ??
      (hosts.length === 1 ? hosts[0] : undefined);
    const path = toPath(named.split('/').filter(Boolean));
    return host && path ? { host: host.host, path } : undefined;
  }
  if (!located?.host) return undefined;
  const path = toPath(segmentsAfter(located.url, located.host));
  return path ? { host: located.host.host, path } : undefined;
}

/** The host that a Component names, whether or not it is configured. @internal */
export function namedHost(
  annotations: Readonly<Record<string, string>>,
): string | undefined {
  const url = LOCATIONS.map(name => readLocation(annotations[name])).find(
    Boolean,
  );
  if (url) return url.host;
  if (annotations['github.com/project-slug']) return 'github.com';
  return annotations['gitlab.com/project-slug'] && 'gitlab.com';
}

/** `url:https://host/...`; files and other kinds of locations have no host. */
function readLocation(value: string | undefined): URL | undefined {
  const target = value?.replace(/^url:/, '');
  return target && /^https?:\/\//.test(target) && URL.canParse(target)
    ? new URL(target)
    : undefined;
}

function findHost(
  url: URL,
  hosts: readonly ConfiguredHost[],
): ConfiguredHost | undefined {
  return hosts.find(({ host }) => host === url.host);
}

function segmentsAfter(url: URL, { baseUrl }: ConfiguredHost): string[] {
  const base = new URL(baseUrl).pathname.split('/').filter(Boolean);
  const segments = url.pathname.split('/').filter(Boolean);
  const below = base.every((segment, index) => segments[index] === segment);
  return below ? segments.slice(base.length).map(decodeSegment) : [];
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
