import type { MetricsAnswer } from '@waymark/plugin-dora-common';
import type { Scope } from '../../scope';

/** One side of a comparison. @internal */
export interface Compared {
  readonly name: string;
  readonly scope: Scope;
  readonly answer: MetricsAnswer;
}
