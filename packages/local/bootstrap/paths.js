const os = require('node:os');
const path = require('node:path');

/** The checkout this file belongs to. */
const repositoryRoot = path.resolve(__dirname, '..', '..', '..');

/**
 * The folder for what is fetched or built once a machine: Node, Yarn, the control plane, mkdocs.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string}
 */
function cacheDirectory(env = process.env) {
  const base = env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache');
  return path.join(base, 'waymark');
}

/**
 * The folder for this portal's data: `$WAYMARK_HOME`, or `.waymark` in the checkout.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string}
 */
function dataDirectory(env = process.env) {
  return env.WAYMARK_HOME
    ? path.resolve(env.WAYMARK_HOME)
    : path.join(repositoryRoot, '.waymark');
}

module.exports = { repositoryRoot, cacheDirectory, dataDirectory };
