import type { LocalOptions } from '../options';
import type { Running } from '../processes/Running';
import type { Tally } from './Tally';

/**
 * What the parts of a test run share.
 * @internal
 */
export interface TestRun {
  options: LocalOptions;
  /** A data folder of its own: nothing of the developer's portal is touched. */
  home: string;
  tally: Tally;
  running: Running;
  signal: AbortSignal;
  /** A kubeconfig of a real API server that may be written to; undefined where there is none to be had. */
  kubeconfig(): Promise<string | undefined>;
}
