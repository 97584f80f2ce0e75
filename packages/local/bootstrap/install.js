const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const { lockHolder, waitForLock } = require('./lock');
const { endOrphans } = require('./processes');
const { freshLog, say, step, tail } = require('./progress');
const { runLogged } = require('./run');

const DEPENDENCY_FIELDS = [
  'name',
  'dependencies',
  'devDependencies',
  'peerDependencies',
  'optionalDependencies',
  'dependenciesMeta',
  'resolutions',
  'workspaces',
  'bin',
];

const stampFile = root => path.join(root, 'node_modules', '.waymark-install');

const recordsOf = lock => `${lock}.processes`;

/**
 * A digest of all that decides what is in node_modules.
 * @param {string} root
 * @returns {string}
 */
function dependencyHash(root) {
  const hash = crypto
    .createHash('sha256')
    .update(`${process.platform}-${process.arch}\n`);
  for (const file of ['yarn.lock', '.yarnrc.yml']) {
    hash.update(`${file}\n`).update(fs.readFileSync(path.join(root, file)));
  }
  for (const folder of workspaceFolders(root)) {
    const manifest = JSON.parse(
      fs.readFileSync(path.join(root, folder, 'package.json'), 'utf8'),
    );
    const relevant = DEPENDENCY_FIELDS.map(field => [field, manifest[field]]);
    hash.update(`${folder}\n${JSON.stringify(relevant)}\n`);
  }
  return hash.digest('hex');
}

function workspaceFolders(root) {
  const { workspaces = [] } = JSON.parse(
    fs.readFileSync(path.join(root, 'package.json'), 'utf8'),
  );
  const folders = workspaces.flatMap(workspace =>
    workspace.endsWith('/*')
      ? listDirectory(path.join(root, path.dirname(workspace))).map(
          name => `${path.dirname(workspace)}/${name}`,
        )
      : workspace,
  );
  return ['.', ...folders.sort()].filter(folder =>
    fs.existsSync(path.join(root, folder, 'package.json')),
  );
}

function listDirectory(directory) {
  try {
    return fs.readdirSync(directory);
  } catch {
    return [];
  }
}

/**
 * @param {string} root
 * @returns {boolean} whether node_modules was completely installed from what the checkout asks for
 */
function isInstalled(root) {
  try {
    return fs.readFileSync(stampFile(root), 'utf8') === dependencyHash(root);
  } catch {
    return false;
  }
}

function lockFile(root, cacheDirectory) {
  const key = crypto.createHash('sha256').update(root).digest('hex');
  return path.join(cacheDirectory, 'locks', `install-${key.slice(0, 12)}`);
}

/**
 * Ends an installation whose ./portal was killed.
 * @param {string} root
 * @param {string} cacheDirectory
 * @returns {Promise<string[]>} names of what was ended
 */
async function endOrphanedInstall(root, cacheDirectory) {
  const lock = lockFile(root, cacheDirectory);
  return lockHolder(lock) ? [] : endOrphans(recordsOf(lock));
}

/**
 * Installs the dependencies where they are stale. The stamp is written last: an install that was cut short is stale.
 * @param {{root: string, cacheDirectory: string, logDirectory: string, toolchain: {node: string, yarn: string, path: string}}} options
 */
async function ensureInstalled({
  root,
  cacheDirectory,
  logDirectory,
  toolchain,
}) {
  if (isInstalled(root)) return;
  const lock = lockFile(root, cacheDirectory);
  const release = await waitForLock(lock, holder =>
    say(
      `Another ./portal (process ${holder.pid}) is installing; waiting for it ...`,
    ),
  );
  try {
    if (isInstalled(root)) return;
    await endOrphans(recordsOf(lock)); // two at once would spoil each other's work
    await step('Installing dependencies', async () => {
      const log = freshLog(logDirectory, 'install.log');
      const hash = dependencyHash(root);
      fs.rmSync(stampFile(root), { force: true });
      try {
        await runLogged(
          toolchain.node,
          [toolchain.yarn, 'install', '--immutable'],
          {
            cwd: root,
            env: {
              ...process.env,
              PATH: toolchain.path,
              YARN_ENABLE_PROGRESS_BARS: 'false',
            },
            log,
            records: recordsOf(lock),
          },
        );
      } catch {
        throw new Error(installFailure(tail(log, 200), log));
      }
      fs.writeFileSync(stampFile(root), hash);
    });
  } finally {
    release();
  }
}

/**
 * What to do about an installation that failed.
 * @param {string} output
 * @param {string} log
 * @returns {string}
 */
function installFailure(output, log) {
  const last = output
    .split('\n')
    .filter(
      line =>
        /YN\d+: .*[^ └┌│]|error|ENOSPC/i.test(line) &&
        !/YN0000: (·|└|┌|Done)/.test(line),
    )
    .slice(-6)
    .join('\n');
  const advice = [
    [
      /ENOSPC|no space left/i,
      'The disk is full: free at least 2 GB and start again.',
    ],
    [
      /YN0028|lockfile would have been modified/i,
      'yarn.lock does not fit the package.json files: run `yarn install` and commit yarn.lock.',
    ],
    [
      /YN0035|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|RequestError/i,
      'The package registry cannot be reached: check the network and start again.',
    ],
  ].find(([pattern]) => pattern.test(output));
  return `Installing the dependencies failed. ${
    advice ? advice[1] : ''
  }\n${last}\nFull log: ${log}`;
}

module.exports = {
  dependencyHash,
  endOrphanedInstall,
  ensureInstalled,
  installFailure,
  isInstalled,
};
