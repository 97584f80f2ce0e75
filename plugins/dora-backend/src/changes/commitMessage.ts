const MAX_TITLE = 300;
const MAX_NUMBER = 2_147_483_647;

/** How merges and squashes name their pull request with GitHub, Gitea and GitLab. */
const TITLES = [
  /^Merge pull request #(\d+) from /,
  /^Merge pull request '.*' \(#(\d+)\) from /,
  /\(#(\d+)\)$/,
  /\(!(\d+)\)$/,
];
const GITLAB_BODY = /^See merge request \S*!(\d+)$/m;

/** Title and pull request of a commit, as far as its message says them. @internal */
export function readCommitMessage(message: string): {
  title?: string;
  pullRequest?: number;
} {
  const [line] = message.trimStart().split(/\r?\n/, 1);
  const title = line.replace(/\p{Cc}/gu, ' ').trim();
  const number = Number(
    TITLES.map(pattern => pattern.exec(title)?.[1]).find(Boolean) ??
      GITLAB_BODY.exec(message)?.[1],
  );
  return {
    title: title ? title.slice(0, MAX_TITLE) : undefined,
    pullRequest: number > 0 && number <= MAX_NUMBER ? number : undefined,
  };
}
