import { diffObjects } from './diff';

describe('diffObjects', () => {
  it('names changed, added and removed fields by path', () => {
    expect(
      diffObjects(
        {
          spec: { hard: { pods: '10' }, old: true },
          status: { a: 1 },
          metadata: { resourceVersion: '6' },
        },
        {
          spec: { hard: { pods: '20', 'limits.cpu': '2' } },
          status: { a: 2 },
          metadata: { resourceVersion: '7', managedFields: [] },
        },
      ),
    ).toEqual([
      { path: 'spec.hard.pods', before: '10', after: '20' },
      { path: 'spec.hard["limits.cpu"]', before: undefined, after: '2' },
      { path: 'spec.old', before: true, after: undefined },
    ]);
  });
});
