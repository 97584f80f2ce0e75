const { spawn } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { doctor } = require('./doctor');
const { ensureInstalled } = require('./install');
const { cacheDirectory, dataDirectory, repositoryRoot } = require('./paths');
const { say } = require('./progress');
const { reset } = require('./reset');
const { stop } = require('./stop');
const { findToolchain } = require('./toolchain');
const { COMMANDS, usage } = require('./usage');

/** These need nothing installed: they have to work when installing is what fails. */
const plainCommands = { stop, reset, doctor };

/**
 * @param {string[]} argv
 */
async function main(argv) {
  const [command = 'help', ...args] = argv;
  const helpsItself = command === 'waymark';
  if (
    ['help', '--help', '-h'].includes(command) ||
    (args.includes('--help') && !helpsItself)
  ) {
    process.stdout.write(usage());
    return;
  }
  if (!COMMANDS[command]) {
    process.stderr.write(`There is no command "${command}".\n\n${usage()}`);
    process.exitCode = 2;
    return;
  }
  try {
    process.exitCode = plainCommands[command]
      ? await plainCommands[command](args)
      : await runInstalled(command, args);
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = 1;
  }
}

async function runInstalled(command, args) {
  const options = {
    root: repositoryRoot,
    cacheDirectory: cacheDirectory(),
    logDirectory: path.join(dataDirectory(), 'logs'),
  };
  fs.mkdirSync(dataDirectory(), { recursive: true, mode: 0o700 });
  const toolchain = await findToolchain(options);
  await ensureInstalled({ ...options, toolchain });
  return runToEnd(
    toolchain.node,
    [
      '--enable-source-maps',
      '--require',
      require.resolve('@backstage/cli/config/nodeTransform.cjs'),
      ...program(command),
      ...args,
    ],
    {
      ...process.env,
      PATH: toolchain.path,
      WAYMARK_YARN: toolchain.yarn,
      NODE_COMPILE_CACHE: path.join(options.cacheDirectory, 'compile'),
    },
  );
}

/** The command line client is a program of its own; everything else belongs to local mode. */
function program(command) {
  return command === 'waymark'
    ? [path.join(repositoryRoot, 'packages/cli/src/main.ts')]
    : [path.join(repositoryRoot, 'packages/local/src/main.ts'), command];
}

// The child leads a session of its own, so that Ctrl-C reaches it once, from here. Should this process be killed
// outright, the closed channel tells the child to end as well.
function runToEnd(command, args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env,
      detached: true,
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => child.kill(signal));
    }
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (signal) {
        say(
          `The portal was ended by ${signal}. ./portal stop ends what it has left running; so does the next start.`,
        );
      }
      resolve(signal ? 128 + os.constants.signals[signal] : code);
    });
  });
}

function explain(error) {
  if (error.code === 'ENOSPC') {
    return `The disk is full (${
      error.path || dataDirectory()
    }): free at least 2 GB and start again.`;
  }
  if (error.code === 'EACCES' || error.code === 'EROFS') {
    return `This account may not write ${error.path}: change its owner, or set WAYMARK_HOME to a folder of yours.`;
  }
  return process.env.WAYMARK_DEBUG ? error.stack : error.message;
}

module.exports = { main };
