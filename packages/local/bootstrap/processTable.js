const { execFileSync } = require('node:child_process');
const fs = require('node:fs');

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

/**
 * What a process has started, and what that has started.
 * @param {number} pid
 * @returns {{pid: number, identity: string}[]}
 */
function descendants(pid) {
  const children = new Map();
  for (const [child, parent] of parents()) {
    children.set(parent, [...(children.get(parent) || []), child]);
  }
  const found = [];
  const visit = parent => {
    for (const child of children.get(parent) || []) {
      const identity = processIdentity(child);
      if (identity) found.push({ pid: child, identity });
      visit(child);
    }
  };
  visit(pid);
  return found;
}

/** @returns {[number, number][]} each process with its parent */
function parents() {
  try {
    if (process.platform !== 'linux') {
      return execFileSync('ps', ['-A', '-o', 'pid=,ppid='], {
        encoding: 'utf8',
      })
        .trim()
        .split('\n')
        .map(line => line.trim().split(/\s+/).map(Number));
    }
    return fs
      .readdirSync('/proc')
      .filter(name => /^\d+$/.test(name))
      .flatMap(name => {
        try {
          const stat = fs.readFileSync(`/proc/${name}/stat`, 'utf8');
          const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
          return [[Number(name), Number(parent)]];
        } catch {
          return []; // gone meanwhile
        }
      });
  } catch {
    return [];
  }
}

/**
 * The command line of a process, for telling what it is.
 * @param {number} pid
 * @returns {string}
 */
function commandLine(pid) {
  try {
    return process.platform === 'linux'
      ? fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').replace(/\0/g, ' ')
      : execFileSync('ps', ['-o', 'args=', '-p', String(pid)], {
          encoding: 'utf8',
        });
  } catch {
    return '';
  }
}

module.exports = {
  bootId,
  commandLine,
  descendants,
  isRunning,
  processIdentity,
};
