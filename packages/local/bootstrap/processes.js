const fs = require('node:fs');
const path = require('node:path');
const {
  bootId,
  commandLine,
  descendants,
  isRunning,
  processIdentity,
} = require('./processTable');

/**
 * @typedef {object} ProcessRecord
 * @property {string} name what it is, for people
 * @property {number} pid
 * @property {string} identity when it was started; a number alone may belong to another process by now
 * @property {NodeJS.Signals} [signal] what asks it to end; SIGTERM when left out
 * @property {number} [graceMs] how long it may take before it is ended the hard way; 10 s when left out
 * @property {boolean} [last] ends after the others (a database outlives its clients)
 */

const pause = ms => new Promise(resolve => setTimeout(resolve, ms));

const recordsDirectory = home => path.join(home, 'run', 'children');

/**
 * Remembers a started process, so that it can be ended by a later command should this one be killed.
 * @param {string} home
 * @param {{name: string, pid: number, signal?: NodeJS.Signals, graceMs?: number, last?: boolean}} child
 * @returns {() => void} forgets it again
 */
function recordProcess(home, child) {
  const identity = processIdentity(child.pid);
  if (!identity) return () => {};
  fs.mkdirSync(recordsDirectory(home), { recursive: true, mode: 0o700 });
  const file = path.join(recordsDirectory(home), `${child.pid}.json`);
  fs.writeFileSync(file, JSON.stringify({ ...child, identity }));
  return () => fs.rmSync(file, { force: true });
}

/**
 * Ends what an earlier, killed supervisor left running, and just that.
 * @param {string} home
 * @returns {Promise<string[]>} names of what was ended
 */
async function endOrphans(home) {
  const records = readRecords(home);
  const ended = [];
  for (const last of [false, true]) {
    const batch = records.filter(({ record }) => Boolean(record.last) === last);
    await Promise.all(
      batch.map(async ({ record, file }) => {
        if (await endProcess(record)) ended.push(record.name);
        fs.rmSync(file, { force: true });
      }),
    );
  }
  return ended;
}

/**
 * @param {string} home
 * @returns {{file: string, record: ProcessRecord}[]}
 */
function readRecords(home) {
  let files = [];
  try {
    files = fs.readdirSync(recordsDirectory(home));
  } catch {
    return [];
  }
  return files.flatMap(name => {
    const file = path.join(recordsDirectory(home), name);
    try {
      const record = JSON.parse(fs.readFileSync(file, 'utf8'));
      return Number.isInteger(record.pid) && record.pid > 1
        ? [{ file, record }]
        : [];
    } catch {
      fs.rmSync(file, { force: true }); // written half: the machine went down
      return [];
    }
  });
}

/**
 * Ends one recorded process with its process group: asks first, insists when the grace is over.
 * @param {ProcessRecord} record
 * @param {number} [graceMs]
 * @returns {Promise<boolean>} whether anything was there to end
 */
async function endProcess(record, graceMs = record.graceMs ?? 10_000) {
  const current = processIdentity(record.pid);
  if (current !== undefined && current !== record.identity) return false;
  if (current === undefined) {
    // The kernel keeps a number from being used again while a group bears it: what is in it is ours.
    return sameBoot(record) && signalGroup(record.pid, 'SIGKILL');
  }
  const offspring = descendants(record.pid);
  // A shell passes no signal on to what it runs. Servers with a signal of their own pass it on themselves.
  if (record.signal) trySignal(record.pid, record.signal);
  else signalGroup(record.pid, 'SIGTERM');
  const deadline = Date.now() + graceMs;
  while (isRunning(record) && Date.now() < deadline) await pause(50);
  if (isRunning(record)) offspring.push(...descendants(record.pid));
  signalGroup(record.pid, 'SIGKILL');
  // those that lead groups of their own
  offspring.filter(isRunning).forEach(({ pid }) => trySignal(pid, 'SIGKILL'));
  while (isRunning(record) && Date.now() < deadline + 5_000) await pause(50);
  return true;
}

function sameBoot(record) {
  return (
    process.platform === 'linux' && record.identity.startsWith(`${bootId()}:`)
  );
}

function signalGroup(pid, signal) {
  return trySignal(-pid, signal);
}

function trySignal(pid, signal) {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
}

module.exports = {
  commandLine,
  endOrphans,
  endProcess,
  isRunning,
  pause,
  processIdentity,
  readRecords,
  recordProcess,
};
