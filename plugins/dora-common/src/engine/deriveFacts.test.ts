import {
  at,
  change,
  deployment,
  failure,
  incident,
} from '../__fixtures__/history';
import type { DoraEventInput } from '../events';
import { deriveService } from './deriveFacts';
import { mergeEvents } from './mergeEvents';
import type { EngineOptions } from './options';

/** The facts in short, ids for keys: `D1 new failed(remediated by D2) 11:00-12:00`. */
function story(
  events: readonly DoraEventInput[],
  options: EngineOptions = {},
): readonly string[] {
  const { facts } = deriveService({ ...mergeEvents(events), options });
  const idOf = (key: string) => JSON.parse(key)[1] as string;
  const time = (instant?: number) =>
    instant === undefined ? '' : new Date(instant).toISOString().slice(11, 16);
  return facts.map(fact => {
    const failed = fact.failures.map(reason => {
      if (reason.kind === 'incident')
        return `incident ${idOf(reason.incident)}`;
      return 'by' in reason
        ? `${reason.kind} by ${idOf(reason.by)}`
        : reason.kind;
    });
    const rework = fact.rework.map(reason => {
      if (reason.kind === 'rollback') return `rollback to ${idOf(reason.to)}`;
      return 'of' in reason ? `${reason.kind} of ${reason.of}` : reason.kind;
    });
    const { impactAt, recoveredAt } = fact.recovery ?? {};
    return [
      fact.id,
      fact.role,
      ...(failed.length ? [`failed(${failed.join(', ')})`] : []),
      ...(rework.length ? [`rework(${rework.join(', ')})`] : []),
      ...(fact.recovery ? [`${time(impactAt)}-${time(recoveredAt)}`] : []),
      ...(fact.samples.length
        ? [`+${fact.samples.map(s => s.sha).join('+')}`]
        : []),
    ].join(' ');
  });
}

/** A deployment with an id that reads. */
const success = (id: string, revision: string, time: string, rest = {}) =>
  deployment(revision, time, { id, ...rest });
const failing = (id: string, revision: string, time: string, rest = {}) =>
  failure(revision, time, { id, ...rest });

describe('deriveFacts, of rollbacks', () => {
  it('blames the first deployment after the target, and adds up what V4 adds', () => {
    const c2 = change('c2', '08:00');
    const c3 = change('c3', '08:00');
    expect(
      story([
        success('a', 'V1', '10:00'),
        success('b', 'V2', '11:00', { changes: [c2] }),
        success('c', 'V3', '12:00', { changes: [c3] }),
        success('d', 'V1', '13:00'),
        success('e', 'V4', '14:00', {
          changes: [c2, c3, change('c4', '13:30')],
        }),
      ]),
    ).toEqual([
      'a first',
      'b new failed(rolled-back by d) 11:00-13:00 +c2',
      'c new +c3',
      'd rollback rework(rollback to a)',
      'e new +c4',
    ]);
  });

  it('takes going forth and back again literally', () => {
    expect(
      story([
        success('a', 'V1', '10:00'),
        success('b', 'V2', '11:00'),
        success('c', 'V1', '12:00'),
        success('d', 'V2', '13:00'),
      ]),
    ).toEqual([
      'a first',
      'b new failed(rolled-back by c) 11:00-12:00',
      'c rollback failed(rolled-back by d) rework(rollback to a) 12:00-13:00',
      'd rollback rework(rollback to b)',
    ]);
  });

  it('goes back to the latest time at which the revision was live', () => {
    expect(
      story([
        success('a', 'V1', '10:00'),
        success('b', 'V1', '10:30'),
        success('c', 'V2', '11:00'),
        success('d', 'V1', '12:00'),
        success('e', 'V3', '13:00'),
        success('f', 'V1', '14:00'),
      ]),
    ).toEqual([
      'a first',
      'b redeployment',
      'c new failed(rolled-back by d) 11:00-12:00',
      'd rollback rework(rollback to b)',
      'e new failed(rolled-back by f) 13:00-14:00',
      'f rollback rework(rollback to d)',
    ]);
  });

  it('passes over failed attempts on the way', () => {
    expect(
      story([
        success('a', 'V1', '10:00'),
        failing('x', 'V2', '10:30'),
        success('b', 'V2', '11:00'),
        failing('y', 'V1', '11:30'),
        success('c', 'V1', '12:00'),
      ]),
    ).toEqual([
      'a first',
      'x unsuccessful failed(failed-attempt) 10:30-11:00',
      'b new failed(rolled-back by c) 11:00-12:00',
      'y unsuccessful failed(failed-attempt) 11:30-12:00',
      'c rollback rework(rollback to a)',
    ]);
  });

  it('does not take a revision that only failed before for one that was live', () => {
    expect(
      story([
        success('a', 'V1', '10:00'),
        failing('x', 'V2', '10:30'),
        success('b', 'V3', '11:00'),
        success('c', 'V2', '12:00'),
      ])[3],
    ).toBe('c new');
  });
});

describe('deriveFacts, of remediation', () => {
  it('ends a hotfix chain with its last deployment', () => {
    expect(
      story([
        success('D', 'V1', '10:00'),
        success('H1', 'V2', '11:00', { remediates: { deployment: 'D' } }),
        success('H2', 'V3', '12:00', { remediates: { deployment: 'H1' } }),
      ]),
    ).toEqual([
      'D first failed(remediated by H1) 10:00-12:00',
      'H1 new failed(remediated by H2) rework(remediation of D) 11:00-12:00',
      'H2 new rework(remediation of H1)',
    ]);
  });

  it('is ongoing while the last of the chain has not succeeded', () => {
    expect(
      story([
        success('D', 'V1', '10:00'),
        success('H1', 'V2', '11:00', { remediates: { deployment: 'D' } }),
        failing('H2', 'V3', '12:00', { remediates: { deployment: 'H1' } }),
      ]),
    ).toEqual([
      'D first failed(remediated by H1) 10:00-',
      'H1 new failed(remediated by H2) rework(remediation of D) 11:00-',
      'H2 unsuccessful failed(failed-attempt) 12:00-',
    ]);
  });

  it('ends with the last of several that remediate one', () => {
    const remediates = { deployment: 'D' };
    expect(
      story([
        success('D', 'V1', '10:00'),
        success('H1', 'V2', '11:00', { remediates }),
        success('H2', 'V3', '12:00', { remediates }),
      ])[0],
    ).toBe('D first failed(remediated by H1, remediated by H2) 10:00-12:00');
  });

  it('ignores itself, the future, circles and the unknown, but for rework', () => {
    expect(
      story([
        success('a', 'V1', '10:00', { remediates: { deployment: 'b' } }),
        success('b', 'V2', '11:00', { remediates: { deployment: 'b' } }),
        success('c', 'V3', '12:00', { remediates: { deployment: 'nobody' } }),
      ]),
    ).toEqual([
      'a first rework(remediation of b)',
      'b new rework(remediation of b)',
      'c new rework(remediation of nobody)',
    ]);
  });

  it('names the latest of several deployments of one id', () => {
    expect(
      story([
        success('D', 'V1', '10:00'),
        success('D', 'V2', '11:00', { source: 'other' }),
        success('H', 'V3', '12:00', { remediates: { deployment: 'D' } }),
      ]).map(line => line.includes('failed')),
    ).toEqual([false, true, false]);
  });

  it('counts a declared hotfix as rework, once, and failing ones not', () => {
    expect(
      story([
        success('a', 'V1', '10:00', { hotfix: true }),
        failing('b', 'V2', '11:00', { hotfix: true }),
      ]),
    ).toEqual([
      'a first rework(hotfix)',
      'b unsuccessful failed(failed-attempt) 11:00-',
    ]);
  });

  it('prefers the rollback to the chain', () => {
    expect(
      story([
        success('a', 'V1', '10:00'),
        success('b', 'V2', '11:00'),
        success('c', 'V1', '12:00'),
        success('d', 'V3', '13:00', { remediates: { deployment: 'b' } }),
      ])[1],
    ).toBe('b new failed(rolled-back by c, remediated by d) 11:00-12:00');
  });
});

describe('deriveFacts, of failed attempts', () => {
  it('keeps an incident of its own apart from the outage around it', () => {
    expect(
      story([
        failing('a', 'V1', '10:00'),
        failing('b', 'V1', '10:10'),
        failing('c', 'V1', '10:20'),
        success('d', 'V1', '11:00'),
        ...incident('i', ['10:12', '10:40'], { deployment: 'b' }),
      ]),
    ).toEqual([
      'a unsuccessful failed(failed-attempt) 10:00-11:00',
      'b unsuccessful failed(failed-attempt, incident i) 10:12-10:40',
      'c unsuccessful failed(failed-attempt)',
      'd first',
    ]);
  });

  it('lets the next one hold the outage where the first has an incident of its own', () => {
    expect(
      story([
        failing('a', 'V1', '10:00'),
        failing('b', 'V1', '10:10'),
        failing('c', 'V1', '10:20'),
        success('d', 'V1', '11:00'),
        ...incident('i', ['10:01', '10:40'], { deployment: 'a' }),
      ]),
    ).toEqual([
      'a unsuccessful failed(failed-attempt, incident i) 10:01-10:40',
      'b unsuccessful failed(failed-attempt) 10:10-11:00',
      'c unsuccessful failed(failed-attempt)',
      'd first',
    ]);
  });

  it('begins another outage after each success, whatever it deploys', () => {
    expect(
      story([
        success('a', 'V1', '10:00'),
        failing('b', 'V2', '11:00'),
        success('c', 'V1', '12:00'),
        failing('d', 'V2', '13:00'),
      ]),
    ).toEqual([
      'a first',
      'b unsuccessful failed(failed-attempt) 11:00-12:00',
      'c redeployment',
      'd unsuccessful failed(failed-attempt) 13:00-',
    ]);
  });

  it('lets them count as finished only, where so configured', () => {
    const events = [
      failing('a', 'V1', '10:00'),
      failing('b', 'V1', '10:10'),
      success('c', 'V1', '11:00', { remediates: { deployment: 'b' } }),
    ];
    expect(story(events, { failedAttemptsCount: false })).toEqual([
      'a unsuccessful',
      'b unsuccessful failed(remediated by c) 10:10-11:00',
      'c first rework(remediation of b)',
    ]);
  });

  it('leaves out what was cancelled, skipped or has not ended', () => {
    expect(
      story([
        success('a', 'V1', '10:00', { status: 'cancelled' }),
        success('b', 'V1', '10:00', { status: 'skipped' }),
        success('c', 'V1', '10:00', { status: 'queued' }),
        success('d', 'V1', '10:00', { status: 'in_progress' }),
      ]),
    ).toEqual([]);
  });
});

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

describe('deriveFacts, of rollouts', () => {
  it('fails when any member has, at the finish of the last', () => {
    expect(
      story([
        failing('a', 'V1', '10:00', { rolloutId: 'r' }),
        success('b', 'V1', '11:00', { rolloutId: 'r', environment: 'prod' }),
        success('c', 'V1', '12:00'),
      ]),
    ).toEqual(['b unsuccessful failed(failed-attempt) 11:00-12:00', 'c first']);
  });

  it('is found by the id of any member', () => {
    expect(
      story([
        success('a', 'V1', '10:00', { rolloutId: 'r' }),
        success('b', 'V1', '11:00', { rolloutId: 'r', environment: 'prod' }),
        ...incident('i', ['10:30', '10:45'], { deployment: 'a' }),
        success('c', 'V2', '12:00', { remediates: { deployment: 'a' } }),
      ]),
    ).toEqual([
      'b first failed(incident i, remediated by c) 10:30-10:45',
      'c new rework(remediation of a)',
    ]);
  });

  it('counts what a member lists that did not finish last', () => {
    const rollout = { rolloutId: 'r' };
    expect(
      story([
        success('a', 'V1', '10:00', {
          ...rollout,
          changes: [change('c', '09:00')],
        }),
        success('b', 'V1', '11:00', { ...rollout, environment: 'prod' }),
      ]),
    ).toEqual(['b first +c']);
  });

  it('remediates once, however many members say so', () => {
    const remediates = { deployment: 'a' };
    expect(
      story([
        success('a', 'V1', '10:00'),
        success('b', 'V2', '11:00', { rolloutId: 'r', remediates }),
        success('c', 'V2', '12:00', {
          ...{ rolloutId: 'r', remediates },
          environment: 'prod',
        }),
      ]),
    ).toEqual([
      'a first failed(remediated by c) 10:00-12:00',
      'c new rework(remediation of a)',
    ]);
  });

  it('is rework when one member declares it', () => {
    expect(
      story([
        success('a', 'V1', '10:00', { rolloutId: 'r' }),
        success('b', 'V1', '11:00', {
          rolloutId: 'r',
          environment: 'prod',
          hotfix: true,
        }),
      ]),
    ).toEqual(['b first rework(hotfix)']);
  });

  it('counts what any member lists, each change once', () => {
    const both = { rolloutId: 'r', changes: [change('c', '09:00')] };
    expect(
      story([
        success('a', 'V1', '10:00', both),
        success('b', 'V1', '11:00', { ...both, environment: 'prod' }),
        success('x', 'V1', '11:30', { environment: 'prod' }),
      ]),
    ).toEqual(['b first +c', 'x redeployment']);
  });
});
