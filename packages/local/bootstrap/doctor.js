const { execFile } = require('node:child_process');
const fs = require('node:fs');
const net = require('node:net');
const path = require('node:path');
const { promisify } = require('node:util');
const { cacheDirectory, dataDirectory, repositoryRoot } = require('./paths');
const { lockHolder } = require('./lock');
const { isSupportedNode } = require('./toolchain');
const { isInstalled } = require('./install');

const run = promisify(execFile);
const GIGABYTE = 1024 ** 3;

const found = (name, detail) => ({ name, state: 'ok', detail });
const later = (name, detail) => ({ name, state: 'later', detail });
const missing = (name, detail, needed = false) => ({
  name,
  state: 'missing',
  detail,
  needed,
});

/**
 * One line of the report.
 * @typedef {object} Finding
 * @property {string} name
 * @property {'ok' | 'later' | 'missing'} state `later`: the portal gets it by itself
 * @property {string} detail what is there, or how to get it
 * @property {boolean} [needed] the portal does not start without
 */

/**
 * Says what this machine lacks and how to get it.
 * @returns {Promise<number>} exit status: 1 when something is missing that start cannot do without
 */
async function doctor() {
  const findings = await Promise.all(
    [
      node,
      npm,
      git,
      disk,
      port,
      dependencies,
      mkdocs,
      controlPlane,
      chromium,
    ].map(check => check()),
  );
  const width = Math.max(...findings.map(({ name }) => name.length));
  for (const { state, name, detail } of findings) {
    process.stdout.write(
      `${state.padEnd(8)} ${name.padEnd(width)}  ${detail}\n`,
    );
  }
  const fatal = findings.some(
    ({ state, needed }) => needed && state === 'missing',
  );
  process.stdout.write(
    fatal
      ? '\nThe portal cannot start before the above is there.\n'
      : '\n./portal start works on this machine.\n',
  );
  return fatal ? 1 : 0;
}

/** @returns {Finding} */
function node() {
  const { version } = process;
  return isSupportedNode(process.versions.node)
    ? found('Node', `${version}, ${process.execPath}`)
    : later(
        'Node',
        `${version} is enough to begin with; ./portal start fetches Node 24 for itself from npm`,
      );
}

async function npm() {
  const version = await output('npm', ['--version']);
  return version
    ? found('npm', version)
    : missing(
        'npm',
        'comes with Node from https://nodejs.org; on Debian and Ubuntu: apt-get install npm',
        true,
      );
}

async function git() {
  const version = await output('git', ['--version']);
  if (!version)
    return missing(
      'git',
      'install git 2.28 or newer; on Debian and Ubuntu: apt-get install git',
      true,
    );
  const directory = await output('git', ['--exec-path']);
  return fs.existsSync(path.join(directory, 'git-http-backend'))
    ? found('git', `${version}, with git-http-backend`)
    : missing(
        'git',
        `${version} comes without git-http-backend, which serves the repositories: install your system's full git`,
        true,
      );
}

async function disk() {
  const directory = existingParent(dataDirectory());
  const { bavail, bsize } = await fs.promises.statfs(directory);
  const free = `${((bavail * bsize) / GIGABYTE).toFixed(
    1,
  )} GB free for ${dataDirectory()}`;
  return bavail * bsize >= 2 * GIGABYTE
    ? found('disk', free)
    : missing('disk', `${free}; a first start may need 2 GB`);
}

async function port() {
  const number = Number(process.env.WAYMARK_PORT || 7007);
  const running = lockHolder(path.join(dataDirectory(), 'run', 'portal.json'));
  if (running) return found('port', `the portal is running at ${running.url}`);
  return (await isFree(number))
    ? found('port', `${number} is free`)
    : missing(
        'port',
        `${number} is taken by another program: ./portal start --port ${
          number + 1
        }`,
      );
}

function dependencies() {
  return isInstalled(repositoryRoot)
    ? found('packages', 'installed')
    : later('packages', 'installed by ./portal start, about two minutes');
}

async function mkdocs() {
  const version =
    (await output('mkdocs', ['--version'])) ||
    (await output(path.join(cacheDirectory(), 'mkdocs/bin/mkdocs'), [
      '--version',
    ]));
  if (version) return found('mkdocs', version.split(' from ')[0]);
  const python = await output('python3', ['--version']);
  const how =
    'pip install mkdocs mkdocs-material; on Debian and Ubuntu: apt-get install mkdocs mkdocs-material';
  return python || process.getuid() === 0
    ? later(
        'mkdocs',
        `docs pages need it; ./portal start tries to fetch it. By hand: ${how}`,
      )
    : missing('mkdocs', `docs pages need it, the rest works without: ${how}`);
}

async function controlPlane() {
  const names = [
    'etcd',
    'kube-apiserver',
    'kube-controller-manager',
    'kube-scheduler',
    'kubemark',
  ];
  const folders = [
    process.env.KUBEBUILDER_ASSETS,
    ...(process.env.PATH || '').split(path.delimiter),
    ...cachedControlPlanes(),
  ].filter(Boolean);
  const absent = names.filter(
    name => !folders.some(folder => fs.existsSync(path.join(folder, name))),
  );
  if (absent.length === 0)
    return found('local cluster', 'all of its programs are there');
  const apt = await output('apt-get', ['--version']);
  return apt
    ? later(
        'local cluster',
        `built once from Debian's packages after the first start, about 5 minutes (${absent.join(
          ', ',
        )})`,
      )
    : missing(
        'local cluster',
        `${absent.join(
          ', ',
        )}: put them on the PATH or name their folder in KUBEBUILDER_ASSETS; the portal works without, and says so`,
      );
}

function cachedControlPlanes() {
  try {
    return fs
      .readdirSync(cacheDirectory())
      .filter(name => name.startsWith('control-plane-'))
      .map(name => path.join(cacheDirectory(), name));
  } catch {
    return [];
  }
}

async function chromium() {
  const names = [
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
  ];
  for (const name of names) {
    const version = await output(name, ['--version']);
    if (version) return found('chromium', `${version}, for ./portal test`);
  }
  return later(
    'chromium',
    'only ./portal test wants it, and skips the browser tests without; on Debian: apt-get install chromium',
  );
}

async function output(command, args) {
  try {
    const { stdout } = await run(command, args, { timeout: 20_000 });
    return stdout.trim().split('\n')[0];
  } catch {
    return '';
  }
}

function existingParent(directory) {
  return fs.existsSync(directory)
    ? directory
    : existingParent(path.dirname(directory));
}

function isFree(number) {
  return new Promise(resolve => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen(number, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

module.exports = { doctor };
