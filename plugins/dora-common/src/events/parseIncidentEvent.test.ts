import {
  cases,
  deployment,
  incident,
  NOW,
  withField,
  WRONG_IN_INCIDENT,
} from '../__testUtils__/bodies';
import { parseDeploymentEvent, parseEvent, parseIncidentEvent } from './parse';

describe('parseIncidentEvent', () => {
  it('takes every field, its services in full and each once', () => {
    const parsed = parseIncidentEvent(
      { ...incident, service: 'component:default/cart' },
      NOW,
    );
    expect(parsed).toEqual({
      ok: true,
      event: {
        ...incident,
        kind: 'incident',
        services: ['component:default/cart', 'component:default/checkout'],
        openedAt: '2026-03-02T10:00:00.000Z',
        resolvedAt: '2026-03-02T10:30:00.000Z',
        occurredAt: '2026-03-02T11:00:00.000Z',
      },
    });
  });

  it.each(cases(WRONG_IN_INCIDENT))(
    'refuses a wrong $field ($index)',
    ({ field, value }) => {
      const parsed = parseIncidentEvent(withField(incident, field, value), NOW);
      expect(parsed).toMatchObject({ ok: false, field });
      expect((parsed as { message: string }).message).toContain(field);
    },
  );

  it.each([{}, { services: [] }])('refuses one of no service: %j', named => {
    const { services, ...rest } = incident;
    expect(parseIncidentEvent({ ...rest, ...named }, NOW)).toMatchObject({
      ok: false,
      field: 'service',
    });
  });

  it('takes a title as people write it, also from right to left', () => {
    const title = '\u2067עגלה\u2069 \u{1f468}\u200d\u{1f4bb}';
    expect(parseIncidentEvent({ ...incident, title }, NOW)).toMatchObject({
      event: { title },
    });
  });

  it('takes an end at the instant of the beginning', () => {
    const { openedAt } = incident;
    const brief = { ...incident, resolvedAt: openedAt, occurredAt: openedAt };
    expect(parseIncidentEvent(brief, NOW).ok).toBe(true);
  });

  it('tells a resolved one from an open one by its times', () => {
    const { resolvedAt, occurredAt, ...rest } = incident;
    const parse = (body: object) =>
      parseIncidentEvent({ ...rest, ...body }, NOW);
    expect(parse({ status: 'resolved' })).toMatchObject({
      field: 'resolvedAt',
    });
    expect(parse({ status: 'resolved', resolvedAt }).ok).toBe(true);
    expect(parse({ status: 'resolved', occurredAt }).ok).toBe(true);
    expect(parse({ resolvedAt })).toMatchObject({ field: 'resolvedAt' });
    expect(parse({}).ok).toBe(true);
  });
});

describe('parseEvent', () => {
  it('reads by kind', () => {
    expect(parseEvent({ ...deployment, kind: 'deployment' }, NOW)).toEqual(
      parseDeploymentEvent(deployment, NOW),
    );
    expect(parseEvent({ ...incident, kind: 'incident' }, NOW)).toEqual(
      parseIncidentEvent(incident, NOW),
    );
  });

  it.each([
    [deployment, 'kind is missing: it must be one of deployment, incident'],
    [{ kind: 'x' }, 'kind must be one of deployment, incident, but is "x"'],
    [[], 'event must be a JSON object, but is an array of 0'],
    [null, 'event must be a JSON object, but is null'],
  ])('refuses another kind (%#)', (value, message) => {
    expect(parseEvent(value, NOW)).toMatchObject({ ok: false, message });
  });
});
