import { spawn } from 'node:child_process';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockHolder, takeLock, waitForLock } from '../../bootstrap/lock';

describe('takeLock', () => {
  const directory = mkdtempSync(join(tmpdir(), 'waymark-lock-'));
  const file = join(directory, 'portal.json');

  afterEach(() => rmSync(file, { force: true }));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it('says who has it', async () => {
    const first = await takeLock(file, { url: 'http://localhost:7201' });
    const second = await takeLock(file);

    expect(first).toHaveProperty('release');
    expect(second).toMatchObject({
      holder: { pid: process.pid, url: 'http://localhost:7201' },
    });
    expect(lockHolder(file)).toMatchObject({ url: 'http://localhost:7201' });
  });

  it('is free again after its release', async () => {
    const first = await takeLock(file);
    if ('release' in first) first.release();

    expect(lockHolder(file)).toBeUndefined();
    expect(await takeLock(file)).toHaveProperty('release');
  });

  it.each([
    ['is gone', JSON.stringify({ pid: 999_999_999, identity: 'x' })],
    [
      'has left its number to another',
      JSON.stringify({ pid: process.pid, identity: 'x' }),
    ],
    ['was cut off while writing', '{"pid": 1'],
  ])('is taken over from a holder that %s', async (_, content) => {
    writeFileSync(file, content);

    expect(await takeLock(file)).toHaveProperty('release');
    expect(readdirSync(directory)).toEqual(['portal.json']);
  });

  it('does not remove the lock of whoever took it over', async () => {
    const first = await takeLock(file);
    writeFileSync(file, JSON.stringify({ pid: process.pid, nonce: 'other' }));
    if ('release' in first) first.release();

    expect(readFileSync(file, 'utf8')).toContain('other');
  });

  it('lets one of many through when a stale one is found', async () => {
    writeFileSync(file, JSON.stringify({ pid: 999_999_999, identity: 'x' }));
    const script = `
      const { takeLock } = require(${JSON.stringify(
        require.resolve('../../bootstrap/lock'),
      )});
      takeLock(${JSON.stringify(file)}).then(result => {
        console.log('release' in result ? 'mine' : 'theirs');
        setTimeout(() => {}, 1500);
      });`;
    const outputs = await Promise.all(
      Array.from({ length: 6 }, () => {
        const child = spawn(process.execPath, ['-e', script]);
        return new Promise<string>(resolve => {
          let output = '';
          child.stdout.on('data', data => {
            output += data;
          });
          child.once('close', () => resolve(output.trim()));
        });
      }),
    );

    expect(outputs.filter(output => output === 'mine')).toHaveLength(1);
  }, 30_000);

  it('waits for the holder when asked to', async () => {
    const first = await takeLock(file);
    const waiting = jest.fn();
    const second = waitForLock(file, waiting);
    setTimeout(() => 'release' in first && first.release(), 700);

    (await second)();
    expect(waiting).toHaveBeenCalledTimes(1);
  });
});
