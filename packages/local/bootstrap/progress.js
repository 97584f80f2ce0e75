const fs = require('node:fs');
const path = require('node:path');

const seconds = since => `${Math.round((Date.now() - since) / 1000)} s`;

/**
 * Runs a slow step and says so in one line: when it begins, every half minute, and when it is done.
 * @template T
 * @param {string} label
 * @param {(say: (detail: string) => void) => Promise<T>} work
 * @returns {Promise<T>}
 */
async function step(label, work) {
  const started = Date.now();
  say(`${label} ...`);
  const tick = setInterval(
    () => say(`${label} ... (${seconds(started)} so far)`),
    30_000,
  );
  try {
    const result = await work(detail => say(`${label}: ${detail}`));
    say(`${label}: done in ${seconds(started)}`);
    return result;
  } finally {
    clearInterval(tick);
  }
}

/** @param {string} line */
function say(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * The last lines of a log, for an error message.
 * @param {string} file
 * @param {number} [lines]
 * @returns {string}
 */
function tail(file, lines = 20) {
  try {
    const size = fs.statSync(file).size;
    const length = Math.min(size, 64 * 1024);
    const buffer = Buffer.alloc(length);
    const handle = fs.openSync(file, 'r');
    fs.readSync(handle, buffer, 0, length, size - length);
    fs.closeSync(handle);
    return buffer
      .toString('utf8')
      .trimEnd()
      .split('\n')
      .slice(-lines)
      .map(readable)
      .join('\n');
  } catch {
    return '';
  }
}

/**
 * The end of a log as it stands in an error message, led by the reason where it is a known one.
 * @param {string} file
 * @param {number} lines
 * @returns {string}
 */
function lastWords(file, lines) {
  const words = tail(file, lines);
  const reason = /ENOSPC|no space left on device/i.test(tail(file, 200))
    ? 'The disk is full: free at least 2 GB and start again.\n'
    : '';
  return `${reason}${words}\nFull log: ${file}`;
}

/** The backend writes its log as JSON; people read its level, plugin and message. */
function readable(line) {
  if (!line.startsWith('{')) return line;
  try {
    const { level, plugin, message, stack } = JSON.parse(line);
    return [level, plugin, stack || message].filter(Boolean).join(' ') || line;
  } catch {
    return line;
  }
}

/**
 * Opens a log file for a new run; the run before is kept as `<name>.1`.
 * @param {string} directory
 * @param {string} name
 * @returns {string} the file
 */
function freshLog(directory, name) {
  fs.mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = path.join(directory, name);
  if (fs.existsSync(file)) fs.renameSync(file, `${file}.1`);
  fs.writeFileSync(file, '', { mode: 0o600 });
  return file;
}

module.exports = { freshLog, lastWords, say, seconds, step, tail };
