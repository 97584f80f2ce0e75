const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const { isRunning, pause, processIdentity } = require('./processes');

/**
 * A lock file that names its holder. A holder that is gone holds nothing: no lock survives a crash.
 *
 * @typedef {object} LockHolder
 * @property {number} pid
 * @property {string} identity
 * @property {string} [url] where the holder can be reached, when it is a portal
 * @property {string} [startedAt]
 */

/**
 * @param {string} file
 * @returns {LockHolder | undefined} the living holder
 */
function lockHolder(file) {
  const holder = read(file);
  return isRunning(holder) ? holder : undefined;
}

/**
 * Takes the lock, or answers who has it.
 * @param {string} file
 * @param {Record<string, unknown>} [details] stands in the file for others to read
 * @returns {Promise<{release: () => void} | {holder: LockHolder}>}
 */
async function takeLock(file, details = {}) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const mine = {
    ...details,
    pid: process.pid,
    identity: processIdentity(process.pid),
    nonce: crypto.randomUUID(),
  };
  const draft = `${file}.${mine.nonce}`;
  fs.writeFileSync(draft, JSON.stringify(mine), { mode: 0o600 });
  try {
    for (;;) {
      try {
        fs.linkSync(draft, file); // whole content at once, and only where nobody was first
        // Someone who found the same stale file may have moved ours aside: look again.
        await pause(20);
        if (read(file)?.nonce === mine.nonce) break;
      } catch (error) {
        if (error.code !== 'EEXIST') throw error;
        const holder = read(file);
        if (isRunning(holder)) return { holder };
        removeStale(file, holder?.nonce);
      }
    }
  } finally {
    fs.rmSync(draft, { force: true });
  }
  const release = () => {
    if (read(file)?.nonce === mine.nonce) fs.rmSync(file, { force: true });
  };
  return { release };
}

/**
 * Takes the lock, waiting for whoever has it.
 * @param {string} file
 * @param {(holder: LockHolder) => void} [onWait] called once, when there is somebody to wait for
 * @returns {Promise<() => void>} releases it
 */
async function waitForLock(file, onWait) {
  for (let waited = false; ; waited = true) {
    const result = await takeLock(file);
    if ('release' in result) return result.release;
    if (!waited && onWait) onWait(result.holder);
    await pause(500);
  }
}

function removeStale(file, nonce) {
  const aside = `${file}.stale-${crypto.randomUUID()}`;
  try {
    fs.renameSync(file, aside);
  } catch {
    return; // another one did
  }
  if (read(aside)?.nonce !== nonce) {
    try {
      fs.linkSync(aside, file); // it was a fresh lock by now: put it back
    } catch {
      // and somebody took it meanwhile; its first holder notices when it looks again
    }
  }
  fs.rmSync(aside, { force: true });
}

function read(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

module.exports = { lockHolder, takeLock, waitForLock };
