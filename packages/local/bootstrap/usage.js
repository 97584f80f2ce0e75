const fs = require('node:fs');
const path = require('node:path');
const { repositoryRoot } = require('./paths');

/** What each command does, in the order of the usage text. */
const COMMANDS = {
  start: 'start the portal on http://localhost:7007 (--port to change it)',
  dev: 'the same, and rebuild on every change of the code',
  test: 'run everything CI runs; or a part: types, lint, unit, cluster, browser',
  stop: 'end everything that start has started',
  reset: 'forget all data of the portal (--yes to not be asked)',
  doctor: 'say what this machine lacks, and how to get it',
  token: 'print a bearer token as a person: token [user], or token --service',
  kubeconfig: 'print a kubeconfig for the local cluster',
  ...(fs.existsSync(path.join(repositoryRoot, 'packages/cli'))
    ? { waymark: 'run the command line client: waymark dora compute --help' }
    : {}),
  help: 'this text',
};

/** @returns {string} */
function usage() {
  const lines = Object.entries(COMMANDS).map(
    ([name, text]) => `  ${name.padEnd(11)} ${text}`,
  );
  return [
    'usage: ./portal <command> [options]',
    '',
    ...lines,
    '',
    'Data is kept in .waymark/ of the checkout, or in $WAYMARK_HOME.',
    'The port is --port, or $WAYMARK_PORT, or 7007; that of the metrics for Prometheus',
    'is --metrics-port, or $WAYMARK_METRICS_PORT, or 9464.',
    '',
  ].join('\n');
}

module.exports = { COMMANDS, usage };
