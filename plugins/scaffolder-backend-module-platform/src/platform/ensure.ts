import type { JsonValue } from '@backstage/types';

/** The part of an action's context that {@link ensure} needs. @internal */
export interface Checkpoints {
  checkpoint<T extends JsonValue | void>(options: {
    key: string;
    fn: () => Promise<T> | T;
  }): Promise<T>;
}

/**
 * Brings an effect about once per run. What a checkpoint of an earlier try
 * remembers is looked at again: where it has been undone since, it is done again.
 * @internal
 */
export async function ensure<T extends JsonValue>(
  ctx: Checkpoints,
  options: {
    key: string;
    effect: () => Promise<T>;
    stillThere: (value: T) => Promise<boolean>;
  },
): Promise<T> {
  let ran = false;
  const value = await ctx.checkpoint({
    key: options.key,
    fn: async () => {
      ran = true;
      return options.effect();
    },
  });
  return ran || (await options.stillThere(value)) ? value : options.effect();
}
