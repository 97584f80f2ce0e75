const fs = require('node:fs');
const path = require('node:path');
const readline = require('node:readline/promises');
const { lockHolder } = require('./lock');
const { dataDirectory } = require('./paths');
const { endOrphans } = require('./processes');
const { say } = require('./progress');

/**
 * Removes the content of the data folder; what is cached for the machine stays.
 * @param {string[]} args
 * @returns {Promise<number>} exit status
 */
async function reset(args) {
  const home = dataDirectory();
  const running = lockHolder(path.join(home, 'run', 'portal.json'));
  if (running) {
    say(
      `The portal is running at ${running.url || home}: ./portal stop first.`,
    );
    return 1;
  }
  if (!fs.existsSync(home) || fs.readdirSync(home).length === 0) {
    say(`There is no data in ${home}.`);
    return 0;
  }
  if (!looksLikeData(home)) {
    say(
      `${home} does not look like a portal's data folder (it has no run/ folder): nothing was removed.`,
    );
    return 1;
  }
  if (!args.includes('--yes') && !(await confirmed(home))) {
    say('Nothing was removed.');
    return 1;
  }
  await endOrphans(home);
  removeContent(home);
  say(`Removed the data in ${home}. The next ./portal start begins afresh.`);
  return 0;
}

/** WAYMARK_HOME may point anywhere; only a folder that a portal has used is emptied. */
function looksLikeData(home) {
  return (
    fs.existsSync(path.join(home, 'run')) ||
    fs.existsSync(path.join(home, 'logs'))
  );
}

async function confirmed(home) {
  if (!process.stdin.isTTY) {
    say(
      'reset asks before it removes anything, and there is no terminal to ask on: add --yes.',
    );
    return false;
  }
  const prompt = readline.createInterface({
    input: process.stdin,
    output: process.stderr,
  });
  const answer = await prompt.question(
    `This removes all repositories, services, the cluster's state and the database in ${home}.\nType yes to go on: `,
  );
  prompt.close();
  return answer.trim().toLowerCase() === 'yes';
}

function removeContent(home) {
  const database = path.join(home, 'postgres');
  // It stands elsewhere, behind a link, where its account cannot enter the data folder.
  if (fs.lstatSync(database, { throwIfNoEntry: false })?.isSymbolicLink()) {
    const place = path.dirname(fs.readlinkSync(database));
    fs.rmSync(place, { recursive: true, force: true });
  }
  for (const name of fs.readdirSync(home)) {
    fs.rmSync(path.join(home, name), { recursive: true, force: true });
  }
}

module.exports = { reset };
