const { spawn } = require('node:child_process');
const fs = require('node:fs');
const { recordProcess } = require('./processes');

/**
 * Runs a command to its end with all it says in a log file.
 * @param {string} command
 * @param {string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, log: string, records?: string}} options `records`: where it is remembered, should this process be killed
 * @returns {Promise<void>} rejects with the exit status; the log has the reason
 */
function runLogged(command, args, options) {
  const log = fs.openSync(options.log, 'a');
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env,
      stdio: ['ignore', log, log],
      detached: true,
    });
    const forget =
      options.records && child.pid
        ? recordProcess(options.records, { name: command, pid: child.pid })
        : () => {};
    const stop = () => process.kill(-child.pid, 'SIGTERM');
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    let interrupted;
    const onSignal = signal => {
      interrupted = signal;
      stop();
    };
    signals.forEach(signal => process.once(signal, onSignal));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      signals.forEach(name => process.removeListener(name, onSignal));
      forget();
      if (interrupted) process.exit(130);
      if (code === 0) resolve();
      else {
        reject(
          new Error(`${command} ended with ${signal || `status ${code}`}`),
        );
      }
    });
  }).finally(() => fs.closeSync(log));
}

module.exports = { runLogged };
