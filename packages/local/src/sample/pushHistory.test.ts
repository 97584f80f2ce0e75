import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pushHistory } from './pushHistory';
import type { SampleCommit } from './services';

const commits: SampleCommit[] = [
  {
    author: 'priya',
    date: '2026-08-17T08:12:40Z',
    message: 'Begin',
    paths: ['src'],
  },
  { author: 'dev', date: '2026-08-18T13:47:05Z', message: 'Go on' },
];

describe('pushHistory', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'push-history-'));
    await mkdir(join(root, 'service', 'src'), { recursive: true });
    await writeFile(join(root, 'service', 'src', 'a.js'), '1\n');
    await writeFile(join(root, 'service', '.gitignore'), 'node_modules/\n');
    await mkdir(join(root, 'service', 'node_modules'));
    await writeFile(join(root, 'service', 'node_modules', 'b.js'), '2\n');
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  async function push(name: string, directory: string) {
    const bare = join(root, name);
    execFileSync('git', ['init', '--quiet', '--bare', bare]);
    const sha = await pushHistory({
      directory,
      commits,
      remoteUrl: pathToFileURL(bare).href,
      authorization: 'Basic none',
      signal: new AbortController().signal,
    });
    const git = (...args: string[]) =>
      execFileSync('git', ['-C', bare, ...args], { encoding: 'utf8' }).trim();
    return { sha, git };
  }

  it('pushes the commits of their authors, and ends with the whole folder', async () => {
    const { git } = await push('one.git', join(root, 'service'));
    expect(git('log', '--format=%an <%ae> %at %s', 'main').split('\n')).toEqual(
      [
        `Devon Reyes <devon.reyes@example.com> ${seconds(commits[1])} Go on`,
        `Priya Nair <priya.nair@example.com> ${seconds(commits[0])} Begin`,
      ],
    );
    expect(git('ls-tree', '-r', '--name-only', 'main').split('\n')).toEqual([
      '.gitignore',
      'src/a.js',
    ]);
  });

  it('gives the same revision everywhere', async () => {
    await cp(join(root, 'service'), join(root, 'copy'), { recursive: true });
    const one = await push('one.git', join(root, 'service'));
    const two = await push('two.git', join(root, 'copy'));
    expect(two.sha).toBe(one.sha);
  });
});

function seconds({ date }: SampleCommit): number {
  return Date.parse(date) / 1000;
}
