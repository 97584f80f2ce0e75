import { Link } from '@backstage/ui';

/** A commit of an embedded repository, by the first characters of its hash. @internal */
export function RevisionLink(props: {
  /** `<owner>/<name>`. */
  readonly repository: string;
  readonly revision: string;
}) {
  const { repository, revision } = props;
  return (
    <Link
      href={`/git/${repository}/commit/${revision}`}
      aria-label={`Commit ${revision.slice(0, 8)} of ${repository}`}
    >
      <code>{revision.slice(0, 8)}</code>
    </Link>
  );
}
