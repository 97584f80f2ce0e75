import { ConflictError, InputError, NotAllowedError } from '@backstage/errors';
import type { RuleId, Verdict } from '@waymark/plugin-platform-common';

const FORBIDDEN: readonly RuleId[] = ['owner-membership', 'kind-allowed'];
const INPUT: readonly RuleId[] = ['name-format'];

/**
 * Throws where a verdict refuses: 403 for what the caller may not have, 400
 * for what nobody may, 409 for what is taken or over a limit. The error
 * carries `rules`, which Backstage's error body shows.
 * @internal
 */
export function refuseUnlessAllowed(verdicts: readonly Verdict[]): void {
  const refused = verdicts.filter(verdict => !verdict.allowed);
  if (refused.length === 0) {
    return;
  }
  const rules = refused.map(verdict => verdict.rule);
  const message = refused.map(verdict => verdict.message).join(' ');
  const has = (ids: readonly RuleId[]) => rules.some(id => ids.includes(id));
  let error: Error = new ConflictError(message);
  if (has(FORBIDDEN)) {
    error = new NotAllowedError(message);
  } else if (has(INPUT)) {
    error = new InputError(message);
  }
  throw Object.assign(error, { rules });
}
