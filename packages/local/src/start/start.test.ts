import { createServer, Server } from 'node:net';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../processes/freePort';
import { statusFile } from '../status/statusFile';
import { userRef } from '../token/token';
import { diskVerdict } from './checkDisk';
import { requireFreePorts } from './ports';

describe('requireFreePorts', () => {
  let server: Server;
  let port: number;

  beforeAll(async () => {
    port = await freePort();
    server = createServer();
    await new Promise<void>(resolve =>
      server.listen(port, '127.0.0.1', resolve),
    );
  });
  afterAll(() => server.close());

  it('names the port that is taken and the option to change it', async () => {
    await expect(requireFreePorts(port, false)).rejects.toThrow(
      `Port ${port} is taken by another program. Start on another one: ./portal start --port ${
        port + 1
      }`,
    );
  });

  it('finds another port for what nobody has to know', async () => {
    expect(await freePort(port)).not.toBe(port);
  });
});

describe('diskVerdict', () => {
  const directory = '/srv';

  it('says nothing while there is room', () => {
    expect(diskVerdict({ bytes: 5e9, directory })).toBeUndefined();
  });

  it('warns below 2 GB and refuses when nothing fits', () => {
    expect(diskVerdict({ bytes: 1.5e9, directory })).toMatchObject({
      fatal: false,
      message:
        'The disk of /srv has 1430 MB left. A first start may need 2 GB.',
    });
    expect(diskVerdict({ bytes: 1e8, directory })).toMatchObject({
      fatal: true,
      message: expect.stringContaining('free some, or set WAYMARK_HOME'),
    });
  });
});

describe('statusFile', () => {
  it('keeps the last report, and since when its state holds', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'waymark-status-'));
    const file = join(directory, 'cluster', 'status.json');
    let minute = 0;
    const status = statusFile(
      file,
      () => new Date(Date.UTC(2026, 0, 1, 0, minute++)),
    );
    status.report({ state: 'building', message: 'step 1' });
    status.report({ state: 'building', message: 'step 2' });
    await status.settled();

    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      state: 'building',
      message: 'step 2',
      since: '2026-01-01T00:00:00.000Z',
    });
    rmSync(directory, { recursive: true });
  });
});

describe('userRef', () => {
  it.each([
    ['dev', 'user:default/dev'],
    ['default/dev', 'user:default/dev'],
    ['user:default/dev', 'user:default/dev'],
    ['user:Dev', 'user:default/dev'],
  ])('reads %s', (name, ref) => {
    expect(userRef(name)).toBe(ref);
  });

  it.each(['group:default/team-payments', 'a/b/c', ''])('refuses %j', name => {
    expect(() => userRef(name)).toThrow('is not a person');
  });
});
