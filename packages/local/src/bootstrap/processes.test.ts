import { ChildProcess, spawn } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  endOrphans,
  isRunning,
  pause,
  processIdentity,
  recordProcess,
} from '../../bootstrap/processes';

describe('process records', () => {
  const home = mkdtempSync(join(tmpdir(), 'waymark-processes-'));
  const records = join(home, 'run', 'children');
  const children: ChildProcess[] = [];

  const start = async (script: string) => {
    const child = spawn(process.execPath, ['-e', script], {
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    children.push(child);
    const said = await new Promise<Buffer>(resolve =>
      child.stdout?.once('data', resolve),
    );
    return Object.assign(child as ChildProcess & { pid: number }, {
      said: String(said).trim(),
    });
  };
  const STAY = 'console.log("up"); setInterval(() => {}, 1000);';

  afterEach(() => {
    for (const { pid } of children.splice(0)) {
      try {
        process.kill(-(pid as number), 'SIGKILL');
      } catch {
        // ended already
      }
    }
    rmSync(records, { recursive: true, force: true });
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  it('tells a living process from one that is gone', async () => {
    const child = await start(STAY);
    const record = { pid: child.pid, identity: processIdentity(child.pid)! };

    expect(isRunning(record)).toBe(true);
    expect(isRunning({ ...record, identity: 'an earlier one' })).toBe(false);
    child.kill('SIGKILL');
    await new Promise(resolve => child.once('exit', resolve));
    expect(isRunning(record)).toBe(false);
  });

  it('ends a recorded process together with what it started', async () => {
    const child = await start(
      `const { spawn } = require('child_process');
       const inner = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
       console.log(inner.pid); setInterval(() => {}, 1000);`,
    );
    recordProcess(home, { name: 'parent', pid: child.pid });

    expect(await endOrphans(home)).toEqual(['parent']);
    expect(processIdentity(child.pid)).toBeUndefined();
    await pause(100);
    expect(processIdentity(Number(child.said))).toBeUndefined();
    expect(readdirSync(records)).toEqual([]);
  });

  it('ends what leads a group of its own, too', async () => {
    const child = await start(
      `const { spawn } = require('child_process');
       const inner = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true });
       console.log(inner.pid); setInterval(() => {}, 1000);`,
    );
    recordProcess(home, { name: 'parent', pid: child.pid });

    await endOrphans(home);

    await pause(100);
    expect(processIdentity(Number(child.said))).toBeUndefined();
  });

  it('insists with a process that does not listen', async () => {
    const child = await start(`process.on('SIGTERM', () => {}); ${STAY}`);
    recordProcess(home, { name: 'deaf', pid: child.pid });

    await endOrphans(home);

    expect(processIdentity(child.pid)).toBeUndefined();
  }, 20_000);

  it('leaves a later process alone that has the same number', async () => {
    const stranger = await start(STAY);
    mkdirSync(records, { recursive: true });
    writeFileSync(
      join(records, `${stranger.pid}.json`),
      JSON.stringify({ name: 'gone', pid: stranger.pid, identity: 'earlier' }),
    );

    expect(await endOrphans(home)).toEqual([]);
    expect(processIdentity(stranger.pid)).toBeDefined();
    expect(readdirSync(records)).toEqual([]);
  });

  it('ends what a leader that died has left in its group', async () => {
    if (process.platform !== 'linux') return;
    const child = await start(
      `const { spawn } = require('child_process');
       const inner = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
       console.log(inner.pid); setInterval(() => {}, 1000);`,
    );
    recordProcess(home, { name: 'leader', pid: child.pid });
    child.kill('SIGKILL');
    await new Promise(resolve => child.once('exit', resolve));

    expect(await endOrphans(home)).toEqual(['leader']);
    await pause(100);
    expect(processIdentity(Number(child.said))).toBeUndefined();
    expect(readdirSync(records)).toEqual([]);
  });

  it('drops records that were written half', async () => {
    mkdirSync(records, { recursive: true });
    writeFileSync(join(records, '1.json'), '{"name": "x", "pi');
    writeFileSync(join(records, '2.json'), '{"name": "init", "pid": 1}');

    expect(await endOrphans(home)).toEqual([]);
  });
});
