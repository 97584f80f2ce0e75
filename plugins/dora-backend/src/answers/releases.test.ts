import { TestDatabases } from '@backstage/backend-test-utils';
import {
  computeMetrics,
  type DoraEvent,
  type MetricsAnswer,
} from '@waymark/plugin-dora-common';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { component } from '../__testUtils__/component';
import { startDora } from '../__testUtils__/startDora';

jest.setTimeout(300_000);

/**
 * The releases of two open-source projects as events. They are not part of the
 * repository: DORA_RELEASES names the folder that holds `<name>-releases.ndjson`.
 */
const folder = process.env.DORA_RELEASES;
const NAMES = ['fastify', 'hono'];

const databases = TestDatabases.create({
  ids: ['POSTGRES_18'],
  disableDocker: true,
});

/** How long a failure has been going on depends on the clock. */
function withoutClock(answer: MetricsAnswer): unknown {
  return JSON.parse(
    JSON.stringify(answer, (key, value) =>
      key === 'sinceSeconds' ? undefined : value,
    ),
  );
}

const describeWithData = folder ? describe.each : describe.skip.each;

describeWithData(databases.eachSupportedId())(
  'the answers for real releases on %s',
  id => {
    it('are, year by year, those of the engine on the file', async () => {
      const dora = await startDora({
        databases,
        id,
        entities: NAMES.map(name => component(name)),
        config: { dora: { retention: { events: false } } },
      });
      const events: DoraEvent[] = [];
      for (const name of NAMES) {
        const file = readFileSync(
          join(folder!, `${name}-releases.ndjson`),
          'utf8',
        );
        const { status, body } = await dora.send(
          '/deployments',
          file,
          'application/x-ndjson',
        );
        expect(status).toBe(202);
        const lines = file.trim().split('\n');
        expect(body).toMatchObject({ accepted: lines.length, rejected: [] });
        events.push(...lines.map(line => JSON.parse(line)));
      }
      await dora.processed();
      for (const service of [...NAMES, undefined]) {
        for (let year = 2015; year <= 2026; year++) {
          const window = { from: `${year}-01-01`, to: `${year + 1}-01-01` };
          const { body } = await dora.get(
            `/metrics?from=${window.from}&to=${
              window.to
            }&interval=month&service=${service ?? ''}`,
          );
          expect(withoutClock(body)).toEqual(
            withoutClock(
              computeMetrics({ events, service, window, interval: 'month' }),
            ),
          );
        }
      }
      await dora.stop();
    });
  },
);
