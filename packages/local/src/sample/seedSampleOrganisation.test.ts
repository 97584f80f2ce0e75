import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { moveLocations } from './moveLocations';
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
