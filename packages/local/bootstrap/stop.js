const path = require('node:path');
const { lockHolder } = require('./lock');
const { endOrphanedInstall } = require('./install');
const { cacheDirectory, dataDirectory, repositoryRoot } = require('./paths');
const { endOrphans, endProcess, isRunning, pause } = require('./processes');
const { say } = require('./progress');

/** How long an orderly shutdown may take before it is ended the hard way. */
const GRACE_MS = 60_000;

/**
 * Ends the running portal and everything it started, also what a killed one left behind.
 * @returns {Promise<number>} exit status
 */
async function stop() {
  const home = dataDirectory();
  const holder = lockHolder(path.join(home, 'run', 'portal.json'));
  if (holder) {
    say(`Stopping the portal at ${holder.url || home} ...`);
    process.kill(holder.pid, 'SIGTERM');
    const deadline = Date.now() + GRACE_MS;
    while (isRunning(holder) && Date.now() < deadline) await pause(100);
    if (isRunning(holder)) await endProcess({ name: 'portal', ...holder }, 0);
  }
  const orphans = [
    ...(await endOrphans(home)),
    ...(await endOrphanedInstall(repositoryRoot, cacheDirectory())),
  ];
  if (orphans.length)
    say(`Ended what was left running: ${orphans.join(', ')}.`);
  say(
    holder || orphans.length ? 'Stopped.' : `No portal is running in ${home}.`,
  );
  return 0;
}

module.exports = { stop };
