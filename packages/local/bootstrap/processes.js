const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

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

/**
 * What tells a process from a later one with the same number, or undefined when there is no such process.
 * A zombie counts as gone: nobody may be there to reap it.
 * @param {number} pid
 * @returns {string | undefined}
 */
function processIdentity(pid) {
  if (process.platform === 'linux') {
    try {
      const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
      // proc(5): the name in brackets may hold spaces; state is field 3 and starttime field 22
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[0] === 'Z' || fields[0] === 'X'
        ? undefined
        : `${bootId()}:${fields[19]}`;
    } catch {
      return undefined;
    }
  }
  try {
    const [state, ...started] = execFileSync(
      'ps',
      ['-o', 'state=', '-o', 'lstart=', '-p', String(pid)],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    )
      .trim()
      .split(/\s+/);
    return !state || state.startsWith('Z') ? undefined : started.join(' ');
  } catch {
    return undefined;
  }
}

function bootId() {
  return fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
}

/**
 * @param {{pid: number, identity: string} | undefined} record
 * @returns {boolean}
 */
function isRunning(record) {
  return (
    record !== undefined && processIdentity(record.pid) === record.identity
  );
}

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
  // A shell passes no signal on to what it runs. Servers with a signal of their own pass it on themselves.
  if (record.signal) trySignal(record.pid, record.signal);
  else signalGroup(record.pid, 'SIGTERM');
  const deadline = Date.now() + graceMs;
  while (isRunning(record) && Date.now() < deadline) await pause(50);
  signalGroup(record.pid, 'SIGKILL');
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
  endOrphans,
  endProcess,
  isRunning,
  pause,
  processIdentity,
  readRecords,
  recordProcess,
};
