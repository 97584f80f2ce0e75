import fc from 'fast-check';
import {
  cases,
  deployment,
  NOW,
  withField,
  WRONG_IN_DEPLOYMENT,
} from '../__testUtils__/bodies';
import { parseDeploymentEvent } from './parse';

describe('parseDeploymentEvent', () => {
  it('takes every field, in full references and in UTC', () => {
    expect(parseDeploymentEvent(deployment, NOW)).toEqual({
      ok: true,
      event: {
        ...deployment,
        kind: 'deployment',
        startedAt: '2026-03-02T09:58:00.000Z',
        finishedAt: '2026-03-02T10:03:12.000Z',
        occurredAt: '2026-03-02T10:03:12.000Z',
        changes: [
          {
            ...deployment.changes[0],
            committedAt: '2026-03-01T15:00:00.000Z',
            firstCommittedAt: '2026-02-28T15:00:00.123Z',
          },
        ],
      },
    });
  });

  it('takes what is needed alone, and ignores what it does not know', () => {
    const { id, source, environment, status, revision, finishedAt } =
      deployment;
    const body = { id, source, environment, status, revision, finishedAt };
    const parsed = parseDeploymentEvent(
      {
        ...{ ...body, service: 'Default/Checkout', environment: 'Production' },
        ...{ labels: { a: 1 }, kind: 'x' },
      },
      NOW,
    );
    expect(parsed).toEqual({
      ok: true,
      event: {
        ...body,
        kind: 'deployment',
        service: 'component:default/checkout',
        finishedAt: '2026-03-02T10:03:12.000Z',
      },
    });
  });

  it.each(cases(WRONG_IN_DEPLOYMENT))(
    'refuses a wrong $field ($index)',
    ({ field, value }) => {
      const parsed = parseDeploymentEvent(
        withField(deployment, field, value),
        NOW,
      );
      expect(parsed).toMatchObject({ ok: false, field });
      const { message } = parsed as { message: string };
      expect(message.startsWith(`${field} `)).toBe(true);
      expect(message.length).toBeLessThan(400);
    },
  );

  it.each(['success', 'failure', 'cancelled', 'skipped'])(
    'refuses %s without the time at which it was reached',
    status => {
      const { finishedAt, occurredAt, ...rest } = deployment;
      expect(parseDeploymentEvent({ ...rest, status }, NOW)).toMatchObject({
        ok: false,
        field: 'finishedAt',
        message: `finishedAt is missing: a deployment of status ${status} needs it, or occurredAt`,
      });
      expect(
        parseDeploymentEvent({ ...rest, status, occurredAt }, NOW).ok,
      ).toBe(true);
    },
  );

  it('takes what has begun without a revision or a time', () => {
    const { id, source, service, environment } = deployment;
    const body = { id, source, service, environment, status: 'queued' };
    expect(parseDeploymentEvent(body, NOW).ok).toBe(true);
  });

  it.each([null, undefined, 7, 'x', true, []])('refuses %p', value => {
    expect(parseDeploymentEvent(value, NOW)).toMatchObject({
      ok: false,
      field: 'event',
    });
  });

  it('says what is wrong in a sentence', () => {
    const message = (field: string, value: unknown) =>
      parseDeploymentEvent(withField(deployment, field, value), NOW);
    expect(message('changes[0].committedAt', 'yesterday')).toMatchObject({
      message:
        'changes[0].committedAt must be an ISO 8601 instant with an offset, such as 2026-03-02T10:03:12Z, but is "yesterday"',
    });
    expect(message('finishedAt', '9999-01-01T00:00:00Z')).toMatchObject({
      message:
        'finishedAt must be between 1970 and tomorrow, but is "9999-01-01T00:00:00Z"',
    });
    expect(message('hotfix', 'true')).toMatchObject({
      message: 'hotfix must be true or false, but is "true"',
    });
    expect(message('status', 'done')).toMatchObject({
      message:
        'status must be one of queued, in_progress, success, failure, cancelled, skipped, but is "done"',
    });
    expect(message('id', undefined)).toMatchObject({
      message:
        'id is missing: it must be a string without quotes, markup, control or invisible characters of 1 to 200 characters',
    });
  });

  it('takes an end at the instant of the beginning', () => {
    const { startedAt } = deployment;
    const body = { ...deployment, finishedAt: startedAt };
    expect(parseDeploymentEvent(body, NOW).ok).toBe(true);
  });

  it('takes an instant up to a day ahead', () => {
    const until = (finishedAt: string) =>
      parseDeploymentEvent({ ...deployment, finishedAt }, NOW).ok;
    expect(until('2026-03-11T00:00:00Z')).toBe(true);
    expect(until('2026-03-11T00:00:00.001Z')).toBe(false);
  });

  it('finds one problem in millions', () => {
    const changes = Array(2_000_000).fill(0);
    const parents = [{ ...deployment.changes[0], parents: changes }];
    const began = performance.now();
    expect(parseDeploymentEvent({ ...deployment, changes }, NOW).ok).toBe(
      false,
    );
    expect(
      parseDeploymentEvent({ ...deployment, changes: parents }, NOW).ok,
    ).toBe(false);
    expect(performance.now() - began).toBeLessThan(3000);
  });

  it('is not slowed down by an URL made for it', () => {
    const url = `https://${'/'.repeat(1980)} `;
    const began = performance.now();
    for (let i = 0; i < 1000; i++) {
      parseDeploymentEvent({ ...deployment, url }, NOW);
    }
    expect(performance.now() - began).toBeLessThan(3000);
  });

  it('never throws, and what it takes it takes again unchanged', () => {
    const mutated = fc
      .tuple(
        fc.constantFrom(...Object.keys(WRONG_IN_DEPLOYMENT)),
        fc.anything({ withBigInt: true, withNullPrototype: true }),
      )
      .map(([field, value]) => withField(deployment, field, value));
    fc.assert(
      fc.property(fc.oneof(fc.anything(), mutated), value => {
        const parsed = parseDeploymentEvent(value, NOW);
        const again = parsed.ok
          ? parseDeploymentEvent(parsed.event, NOW)
          : { ...parsed, ok: false };
        expect(again).toEqual(parsed);
      }),
      { numRuns: 1000 },
    );
  });
});
