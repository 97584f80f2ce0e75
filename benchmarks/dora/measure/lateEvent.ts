import { serviceRef } from '../dataset/options';
import type { Backend } from '../run/Backend';
import { Spread, spreadOf } from './percentiles';

const DAY = 86_400_000;
const GIVE_UP_MS = 30_000;

/**
 * Milliseconds from sending a deployment that finished weeks ago to the first
 * answer that counts it.
 */
export async function lateEvents(
  backend: Backend,
  options: { to: number; rounds: number; services: number },
): Promise<Spread> {
  const { to, rounds, services } = options;
  const series = Date.now().toString(36);
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const finished = to - 45 * DAY - round * 61_000;
    const id = `late-${series}-${round}`;
    times.push(
      await lateEvent(backend, {
        id,
        service: (round * 41) % services,
        finished,
      }),
    );
  }
  return spreadOf(times);
}

async function lateEvent(
  backend: Backend,
  late: { id: string; service: number; finished: number },
): Promise<number> {
  const { id, service, finished } = late;
  const query = new URLSearchParams({
    service: serviceRef(service),
    from: new Date(finished - 45 * DAY).toISOString(),
    to: new Date(finished + 45 * DAY).toISOString(),
  });
  const count = async () => {
    const answer = await backend.get(`/metrics?${query}`);
    return answer.deploymentFrequency.deployments;
  };
  const before = await count();
  const began = performance.now();
  const response = await backend.fetch('/deployments', {
    method: 'POST',
    body: JSON.stringify({
      id,
      source: 'benchmark',
      service: serviceRef(service),
      environment: 'production',
      status: 'success',
      revision: id,
      finishedAt: new Date(finished).toISOString(),
      changes: [
        {
          sha: id,
          committedAt: new Date(finished - DAY).toISOString(),
        },
      ],
    }),
  });
  if (response.status !== 202) throw new Error(await response.text());
  while ((await count()) === before) {
    if (performance.now() - began > GIVE_UP_MS) {
      throw new Error('A late event was not reflected within 30 s');
    }
  }
  return performance.now() - began;
}
