import fc from 'fast-check';
import {
  deployment,
  incident,
  MINUTE,
  minutes,
  START,
} from '../__testUtils__/arbitraries';
import { excerptOf } from '../__testUtils__/excerpt';
import { naiveFacts } from '../__testUtils__/naive';
import { deriveFacts } from './deriveFacts';
import { mergeEvents } from './mergeEvents';

describe('deriveFacts', () => {
  it('gives what the definitions say, read sentence by sentence', () => {
    const one = {
      environment: 'production',
      service: 'component:default/a',
    };
    const events = fc.tuple(
      fc.array(
        deployment.map(event => ({ ...event, ...one })),
        { maxLength: 15 },
      ),
      fc.array(
        incident.map(event => ({ ...event, services: [one.service] })),
        { maxLength: 4 },
      ),
    );
    fc.assert(
      fc.property(events, ([attempts, incidents]) => {
        const unique = attempts.map((event, i) => ({
          ...event,
          source: `ci-${i}`,
        }));
        const merged = mergeEvents([...unique, ...incidents]);
        const facts = deriveFacts(merged).map(fact => ({
          key: fact.key,
          failed: fact.failures.length > 0,
          rework: fact.rework.length > 0,
          samples: fact.samples.map(({ sha }) => sha),
          recovery: fact.recovery && [
            fact.recovery.impactAt,
            fact.recovery.recoveredAt,
          ],
        }));
        expect(facts).toEqual(naiveFacts(merged));
      }),
      { numRuns: 500 },
    );
  });

  it('gives for a faithful excerpt the end of what it gives for the whole', () => {
    const one = { environment: 'production', service: 'component:default/a' };
    const events = fc.tuple(
      fc.array(
        deployment.map(event => ({ ...event, ...one })),
        { maxLength: 25 },
      ),
      fc.array(
        incident.map(event => ({ ...event, services: [one.service] })),
        { maxLength: 4 },
      ),
    );
    fc.assert(
      fc.property(
        events,
        fc.boolean(),
        minutes,
        ([attempts, incidents], failedAttemptsCount, start) => {
          // Ids of their own, so that none is merged away.
          const unique = attempts.map((event, i) => ({
            ...event,
            source: `ci-${i}`,
          }));
          const merged = mergeEvents([...unique, ...incidents]);
          const options = { failedAttemptsCount };
          const since = START + start * MINUTE;
          const suffix = (facts: ReturnType<typeof deriveFacts>) =>
            facts.filter(fact => fact.finishedAt >= since);
          const excerpt = excerptOf(merged, since);
          expect(suffix(deriveFacts({ ...excerpt, options }))).toEqual(
            suffix(deriveFacts({ ...merged, options })),
          );
        },
      ),
      { numRuns: 500 },
    );
  });
});
