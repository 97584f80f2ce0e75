import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freshLog } from '../../bootstrap/progress';
import { spawnManaged, type ManagedProcess } from '../processes/spawnManaged';
import { clusterPaths } from './paths';
import type { Part } from './parts';

/** What {@link RestartingPart.start} takes. @internal */
export interface RestartingPartOptions {
  readonly home: string;
  /** Called before the part is started again. */
  readonly onCrash: (message: string) => void;
  /** Called when it has been started again. */
  readonly onRestart: () => void;
  readonly env?: NodeJS.ProcessEnv;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** A part that ran this long was well: its next crash is a new one. */
const STEADY_MS = 60_000;

/** A part of the control plane that is started again whenever it ends, until it is stopped. @internal */
export class RestartingPart {
  readonly #stopping = new AbortController();
  #process: ManagedProcess;
  readonly #watching: Promise<void>;

  static async start(
    part: Part,
    options: RestartingPartOptions,
  ): Promise<RestartingPart> {
    const logFile = freshLog(
      clusterPaths(options.home).logs,
      `cluster-${part.name}.log`,
    );
    const spawn = async () => {
      for (const socket of part.sockets ?? []) {
        await rm(join(part.cwd, socket), { force: true });
      }
      return spawnManaged({
        home: options.home,
        name: part.name,
        command: part.command,
        args: [...part.args],
        cwd: part.cwd,
        env: options.env ?? { PATH: process.env.PATH, HOME: part.cwd },
        logFile,
        last: part.last,
      });
    };
    return new RestartingPart(part, await spawn(), spawn, options, logFile);
  }

  private constructor(
    part: Part,
    first: ManagedProcess,
    spawn: () => Promise<ManagedProcess>,
    { onCrash, onRestart }: RestartingPartOptions,
    logFile: string,
  ) {
    this.#process = first;
    const crashed = (ended: string) =>
      onCrash(
        `${part.name} ended unexpectedly (${ended}) and is started again. Its log: ${logFile}`,
      );
    this.#watching = this.#watch(spawn, crashed, onRestart);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#process.end();
    await this.#watching;
  }

  async #watch(
    spawn: () => Promise<ManagedProcess>,
    onCrash: (ended: string) => void,
    onRestart: () => void,
  ): Promise<void> {
    const { signal } = this.#stopping;
    let pause = FIRST_PAUSE_MS;
    for (;;) {
      const started = Date.now();
      const { code, signal: killedBy } = await this.#process.exited;
      if (signal.aborted) {
        return;
      }
      onCrash(killedBy ?? `status ${code}`);
      pause =
        Date.now() - started > STEADY_MS
          ? FIRST_PAUSE_MS
          : Math.min(pause * 2, LONGEST_PAUSE_MS);
      await sleep(pause, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) {
        return;
      }
      try {
        this.#process = await spawn();
      } catch {
        continue; // the one that ended is seen to have ended again, after a longer pause
      }
      if (signal.aborted) {
        await this.#process.end();
        return;
      }
      onRestart();
    }
  }
}
