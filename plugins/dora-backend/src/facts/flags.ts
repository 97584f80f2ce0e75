/** Bits of `facts.flags`, which migration 2 describes. @internal */
export const FLAGS = {
  succeeded: 1,
  failed: 2,
  rework: 4,
  changesUnknown: 8,
  /** Part of a rollout that spans several services. */
  shared: 16,
  /** Counts where no environment is asked for. */
  everywhere: 32,
  /** Has samples in `lead_more`. */
  large: 64,
} as const;
