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
  { to, rounds, services }: { to: number; rounds: number; services: number },
): Promise<Spread> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    times.push(await lateEvent(backend, (round * 41) % services, to, round));
  }
  return spreadOf(times);
}

async function lateEvent(
  backend: Backend,
  service: number,
  to: number,
  round: number,
): Promise<number> {
  const finished = to - 45 * DAY - round * 61_000;
  const query = new URLSearchParams({
    service: serviceRef(service),
    from: new Date(to - 90 * DAY).toISOString(),
    to: new Date(to).toISOString(),
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
      id: `late-${round}`,
      source: 'benchmark',
      service: serviceRef(service),
      environment: 'production',
      status: 'success',
      revision: `late${round}`,
      finishedAt: new Date(finished).toISOString(),
      changes: [
        {
          sha: `late${round}`,
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
