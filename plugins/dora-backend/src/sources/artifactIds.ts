/** What an artifact's id says of its origin. @internal */
export interface Artifact {
  /** The commit where the id names it, otherwise the artifact's version or digest. */
  readonly revision?: string;
  /** The version as people call it. */
  readonly version?: string;
  /** The commit, where the id names it. */
  readonly commit?: string;
}

const commitPattern = /^[0-9a-f]{7,40}$/i;

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/**
 * Reads a package URL such as `pkg:oci/checkout@sha256%3A0b31…?tag=1.8.0` or
 * `pkg:golang/example.com/checkout@4f2c9e1`. A version with at least seven
 * hexadecimal digits and nothing else is a commit; the qualifier `vcs_url`
 * names the commit in any case.
 * @internal
 */
export function artifactOf(artifactId: string | undefined): Artifact {
  if (!artifactId) return {};
  if (!artifactId.startsWith('pkg:')) {
    return commitPattern.test(artifactId)
      ? { revision: artifactId.toLowerCase(), commit: artifactId.toLowerCase() }
      : { revision: artifactId };
  }
  const [main, query = ''] = artifactId.split('#')[0].split('?');
  const at = main.lastIndexOf('@');
  const version = at > 0 ? decode(main.slice(at + 1)) || undefined : undefined;
  const qualifiers = new URLSearchParams(query);
  const vcs = qualifiers.get('vcs_url');
  const origin = vcs?.slice(vcs.lastIndexOf('@') + 1) ?? '';
  const commit = [origin, version ?? '']
    .find(each => commitPattern.test(each))
    ?.toLowerCase();
  const tag = qualifiers.get('tag') ?? undefined;
  const named =
    version && !commitPattern.test(version) && !version.startsWith('sha256:')
      ? version
      : undefined;
  return { revision: commit ?? version, version: tag ?? named, commit };
}
