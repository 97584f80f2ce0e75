/**
 * Thrown when a git process fails; the message is for the log, not for people.
 * @internal
 */
export class GitError extends Error {
  readonly name = 'GitError';
  readonly exitCode: number | undefined;

  constructor(
    args: readonly string[],
    stderr: string,
    exitCode: number | undefined,
  ) {
    super(`git ${args[0]} failed (${exitCode ?? 'ended'}): ${stderr.trim()}`);
    this.exitCode = exitCode;
  }
}
