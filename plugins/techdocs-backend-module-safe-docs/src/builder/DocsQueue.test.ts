import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { DocsQueue } from './DocsQueue';

const entity = (name: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name },
});

function setUp(build: jest.Mock) {
  const clock = { now: 0 };
  const logger = mockServices.logger.mock();
  const queue = new DocsQueue({
    build,
    recheckAfter: 1_800_000,
    logger,
    now: () => clock.now,
  });
  return { queue, clock, logger };
}

describe('DocsQueue', () => {
  it('builds new entities once, and looks again after the recheck time', async () => {
    const build = jest.fn().mockResolvedValue('built');
    const { queue, clock } = setUp(build);

    await queue.addDue([entity('a'), entity('b')]);
    await queue.addDue([entity('a'), entity('b')]);
    expect(build).toHaveBeenCalledTimes(2);

    clock.now = 1_800_000;
    await queue.addDue([entity('a')]);
    expect(build).toHaveBeenCalledTimes(3);
  });

  it('builds after a push even if it has just looked', async () => {
    const build = jest.fn().mockResolvedValue('unchanged');
    const { queue } = setUp(build);
    await queue.addDue([entity('a')]);
    await queue.add([entity('a')]);
    expect(build).toHaveBeenCalledTimes(2);
  });

  it('builds one at a time, and once more for a push during a build', async () => {
    let running = 0;
    let most = 0;
    const build = jest.fn(async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise(resolve => setTimeout(resolve, 5));
      running -= 1;
      return 'built' as const;
    });
    const { queue } = setUp(build);
    const first = queue.add([entity('a'), entity('b')]);
    await Promise.all([
      first,
      queue.add([entity('a')]),
      queue.add([entity('a')]),
    ]);
    expect(most).toBe(1);
    expect(build).toHaveBeenCalledTimes(3);
  });

  it('tries again soon after a failure of the host', async () => {
    const build = jest.fn().mockRejectedValueOnce(new Error('no answer'));
    build.mockResolvedValue('built');
    const { queue, clock, logger } = setUp(build);

    await queue.addDue([entity('a')]);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('component:default/a are not built: no answer'),
    );
    clock.now = 14_000;
    await queue.addDue([entity('a')]);
    expect(build).toHaveBeenCalledTimes(1);
    clock.now = 15_000;
    await queue.addDue([entity('a')]);
    expect(build).toHaveBeenCalledTimes(2);
  });

  it('waits for a change when the repository is at fault', async () => {
    const build = jest.fn().mockRejectedValue(new InputError('no docs'));
    const { queue, clock } = setUp(build);
    await queue.addDue([entity('a')]);
    clock.now = 900_000;
    await queue.addDue([entity('a')]);
    expect(build).toHaveBeenCalledTimes(1);
    await queue.add([entity('a')]);
    expect(build).toHaveBeenCalledTimes(2);
  });
});
