/**
 * The stable ids of the guardrails, in the order in which they are evaluated.
 * @public
 */
export const RULE_IDS = [
  'name-format',
  'name-taken',
  'owner-membership',
  'kind-allowed',
  'size-allowed',
  'region-allowed',
  'engine-version-supported',
  'production-needs-high-availability',
  'production-needs-backup',
  'encryption-required',
  'non-production-needs-ttl',
  'budget',
] as const;

/** One of {@link RULE_IDS}. @public */
export type RuleId = (typeof RULE_IDS)[number];
