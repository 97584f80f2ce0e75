import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { freshLog, say } from '../../bootstrap/progress';
import { startCluster } from '../cluster';
import type { LocalOptions } from '../options';
import { PartStatus, statusFile } from '../status/statusFile';

/** @internal */
export interface ClusterSupervision {
  begin(): void;
  latest(): PartStatus | undefined;
  end(): Promise<void>;
}

/**
 * Brings the local cluster up beside the portal, which is usable without it. Its progress stands in the status file
 * that the home page reads.
 * @internal
 */
export function superviseCluster(
  options: LocalOptions & { signal: AbortSignal },
): ClusterSupervision {
  const status = statusFile(join(options.home, 'cluster', 'status.json'));
  status.report({
    state: 'starting',
    message: 'The local cluster is waiting for the portal to start.',
  });
  let cluster: Promise<{ stop(): Promise<void> } | undefined> =
    Promise.resolve(undefined);
  return {
    begin() {
      const log = freshLog(options.logDirectory, 'cluster.log');
      cluster = startCluster({
        home: options.home,
        cacheDir: options.cacheDirectory,
        signal: options.signal,
        log: line => append(log, line),
        report: progress => {
          if (progress.state !== status.latest()?.state) {
            say(`Local cluster: ${progress.message}`);
          }
          status.report(progress);
        },
      }).catch((error: Error) => {
        if (options.signal.aborted) return undefined;
        status.report({ state: 'error', message: error.message });
        say(`Local cluster: ${error.message} (log: ${log})`);
        return undefined;
      });
    },
    latest: status.latest,
    async end() {
      await (await cluster)?.stop();
      status.report({ state: 'absent', message: 'The portal is stopped.' });
      await status.settled();
    },
  };
}

function append(file: string, line: string) {
  try {
    appendFileSync(file, `${line}\n`);
  } catch {
    // a full disk costs the line, not the cluster
  }
}
