import { ConflictError, InputError, NotAllowedError } from '@backstage/errors';
import type { DryRunResult } from '@waymark/plugin-platform-common';

/** Throws with the words of the verdicts where one refuses. @internal */
export function assertAllowed({ verdicts }: DryRunResult): void {
  const refused = verdicts.filter(verdict => !verdict.allowed);
  if (refused.length === 0) {
    return;
  }
  const message = refused.map(verdict => verdict.message).join(' ');
  const rules = refused.map(verdict => verdict.rule);
  if (rules.includes('owner-membership') || rules.includes('kind-allowed')) {
    throw new NotAllowedError(message);
  }
  throw rules.includes('name-format')
    ? new InputError(message)
    : new ConflictError(message);
}
