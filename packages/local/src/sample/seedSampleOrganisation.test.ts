import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seedHistory } from './dora/seedHistory';
import { moveLocations } from './moveLocations';
import type { PortalClient } from './PortalClient';
import { SampleMemory } from './SampleMemory';

describe('SampleMemory', () => {
  let home: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'sample-memory-'));
  });
  afterEach(() => rm(home, { recursive: true, force: true }));

  it('does a thing once, over restarts, and again when it failed', async () => {
    const file = join(home, 'sample', 'state.json');
    const work = jest.fn().mockRejectedValueOnce(new Error('killed'));
    const first = await SampleMemory.open(file);
    await expect(first.once('a', work)).rejects.toThrow('killed');
    expect(await first.once('a', work)).toBe(true);

    const second = await SampleMemory.open(file);
    expect(second.has('a')).toBe(true);
    expect(await second.once('a', work)).toBe(false);
    expect(work).toHaveBeenCalledTimes(2);
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ done: ['a'] });
  });
});

describe('seedHistory', () => {
  let home: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'sample-history-'));
  });
  afterEach(() => rm(home, { recursive: true, force: true }));

  it('sends the same history again after it was cut short, even a day later, and then never again', async () => {
    const sent: { kind: string; events: readonly object[] }[] = [];
    const portal = {
      head: async (_team: string, name: string) => `head of ${name}`,
      hasComponent: async () => true,
      sendEvents: async (kind: string, events: readonly object[]) => {
        sent.push({ kind, events });
      },
    } as unknown as PortalClient;
    const seed = async (day: string, signal?: AbortSignal) =>
      seedHistory({
        portal,
        memory: await SampleMemory.open(join(home, 'state.json')),
        signal: signal ?? new AbortController().signal,
        now: () => new Date(day),
      });
    const broken = jest
      .spyOn(portal, 'sendEvents')
      .mockRejectedValue(new Error('stopped'));
    await expect(
      seed('2026-11-20T23:00:00Z', AbortSignal.abort()),
    ).rejects.toThrow();
    broken.mockRestore();

    expect(await seed('2026-11-21T01:00:00Z')).toBe(true);
    const last = sent.at(-1)!;
    expect(last.kind).toBe('incidents');
    const text = JSON.stringify(sent);
    expect(text).toContain('head of shipping');
    expect(text).toContain('2026-11-19T');
    expect(text).not.toContain('2026-11-20T');
    expect(await seed('2026-11-22T01:00:00Z')).toBe(false);
  });
});

describe('moveLocations', () => {
  it('follows the portal to another port, and leaves other hosts alone', async () => {
    const path =
      '/api/git/team-payments/checkout/src/branch/main/catalog-info.yaml';
    const moveLocation = jest.fn();
    await moveLocations(
      {
        moveLocation,
        locations: async () => [
          { id: '1', type: 'url', target: `http://localhost:7007${path}` },
          { id: '2', type: 'url', target: `http://localhost:7500${path}` },
          { id: '3', type: 'url', target: `https://git.example.com${path}` },
          { id: '4', type: 'file', target: '/catalog/org.yaml' },
        ],
      },
      'http://localhost:7500',
    );
    expect(moveLocation.mock.calls).toEqual([
      ['1', `http://localhost:7500${path}`],
    ]);
  });
});
