import { at, change } from '../__testUtils__/history';
import { failing, story, success } from '../__testUtils__/story';
import { deriveService } from './deriveFacts';
import { mergeEvents } from './mergeEvents';

describe('deriveFacts, of changes', () => {
  it('takes a change from its successor when an earlier deployment comes late', () => {
    const shared = change('c1', '08:00');
    const later = success('b', 'V2', '12:00', {
      changes: [shared, change('c2', '08:00')],
    });
    expect(story([later])).toEqual(['b first +c1+c2']);
    expect(
      story([later, success('a', 'V1', '11:00', { changes: [shared] })]),
    ).toEqual(['a first +c1', 'b new +c2']);
  });

  it('counts from the first commit of the pull request', () => {
    const squashed = change('c', '09:59', { firstCommittedAt: at('08:00') });
    const { facts } = deriveService(
      mergeEvents([success('a', 'V1', '10:00', { changes: [squashed] })]),
    );
    expect(facts[0].samples).toEqual([{ sha: 'c', seconds: 7200 }]);
  });

  it('drops a change dated after its deployment, for good', () => {
    const late = change('c', '10:01');
    const { facts } = deriveService(
      mergeEvents([
        success('a', 'V1', '10:00', { changes: [late, change('d', '10:00')] }),
        success('b', 'V2', '11:00', { changes: [late] }),
      ]),
    );
    expect(facts[0]).toMatchObject({
      samples: [{ sha: 'd', seconds: 0 }],
      changesAfterDeployment: 1,
    });
    expect(facts[1]).toMatchObject({ samples: [], changesAfterDeployment: 0 });
  });

  it('does not count the revision that was live again when it is listed', () => {
    expect(
      story([
        success('a', 'V1', '10:00'),
        success('b', 'V2', '11:00', {
          changes: [change('V1', '08:00'), change('V2', '08:00')],
        }),
      ])[1],
    ).toBe('b new +V2');
  });

  it('says that changes are unknown only where there should be some', () => {
    const { facts } = deriveService(
      mergeEvents([
        success('a', 'V1', '10:00'),
        success('b', 'V2', '11:00'),
        success('c', 'V2', '12:00'),
        success('d', 'V1', '13:00'),
        failing('e', 'V3', '14:00'),
        success('f', 'V4', '15:00', { changes: [] }),
      ]),
    );
    expect(facts.map(fact => fact.changesUnknown)).toEqual([
      ...[false, true, false],
      ...[false, false, false],
    ]);
    expect(facts[1].previousRevision).toBe('V1');
    expect(facts[5].previousRevision).toBe('V1');
  });

  it('knows an older revision through several generations', () => {
    const chain = ['c1', 'c2', 'c3', 'c4'].map((sha, i) =>
      change(sha, '08:00', { parents: [`c${i}`] }),
    );
    const older = (revision: string, rest = {}) =>
      story([
        success('a', 'c0', '10:00'),
        success('b', 'c2', '11:00', { changes: chain.slice(0, 2) }),
        success('c', 'c4', '12:00', { changes: chain.slice(2) }),
        success('d', revision, '13:00', {
          changes: [change('x', '08:00')],
          ...rest,
        }),
      ])[3];
    expect(older('c1')).toBe('d older');
    expect(older('c3')).toBe('d older');
    expect(older('c2')).toMatch(/^d rollback/);
    expect(older('other')).toBe('d new +x');
    expect(story([success('a', 'c1', '10:00', { changes: chain })])[0]).toMatch(
      /^a first/,
    );
  });

  it('believes the Git provider that a revision is older', () => {
    const { deployments } = mergeEvents([
      success('a', 'V2', '10:00'),
      success('b', 'V1', '11:00', { changes: [change('x', '08:00')] }),
    ]);
    const told = deployments.map(d =>
      d.id === 'b' ? { ...d, ancestorOf: ['V2'] } : d,
    );
    const roles = (list: typeof deployments) =>
      deriveService({ deployments: list, incidents: [] }).facts.map(
        fact => fact.role,
      );
    expect(roles(deployments)).toEqual(['first', 'new']);
    expect(roles(told)).toEqual(['first', 'older']);
  });
});
