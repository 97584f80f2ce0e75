import { request } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { serviceRef } from '../dataset/options';
import type { Backend } from '../run/Backend';
import { MemoryWatch } from './MemoryWatch';

/** How the stream went. */
export interface BadLines {
  readonly lines: number;
  readonly seconds: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly memory: { readonly first: number; readonly most: number };
}

/** One stream of lines, every second one bad. */
export async function badLines(
  backend: Backend,
  options: { lines: number; services: number; to: number },
): Promise<BadLines> {
  const memory = new MemoryWatch(() => backend.memory());
  const began = performance.now();
  const answer = await post(backend, Readable.from(chunks(options)));
  return {
    lines: options.lines,
    seconds: (performance.now() - began) / 1000,
    accepted: answer.accepted,
    rejected: answer.rejectedCount,
    memory: memory.end(),
  };
}

const LINES_A_CHUNK = 1000;

function* chunks(options: { lines: number; services: number; to: number }) {
  for (let n = 0; n < options.lines; n += LINES_A_CHUNK) {
    let text = '';
    for (let i = n; i < n + LINES_A_CHUNK; i++) text += line(i, options);
    yield text;
  }
}

const BAD = ['{', '{"id": 1}', 'null', '{"id": "x", "status": "done"}'];

function line(n: number, options: { services: number; to: number }): string {
  if (n % 2 === 1) return `${BAD[((n - 1) / 2) % BAD.length]}\n`;
  const event = {
    id: `streamed-${n}`,
    source: 'benchmark',
    service: serviceRef(n % options.services),
    environment: 'staging',
    status: 'success',
    revision: `r${n}`,
    finishedAt: new Date(options.to - n * 1000).toISOString(),
  };
  return `${JSON.stringify(event)}\n`;
}

async function post(
  backend: Backend,
  body: Readable,
): Promise<{ accepted: number; rejectedCount: number }> {
  const outgoing = request(`${backend.url}/api/dora/v1/deployments`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${backend.token}`,
      'content-type': 'application/x-ndjson',
    },
  });
  const answered = new Promise<string>((resolve, reject) => {
    outgoing.once('error', reject);
    outgoing.once('response', async response => {
      let text = '';
      for await (const chunk of response) text += chunk;
      if (response.statusCode === 202) resolve(text);
      else reject(new Error(`${response.statusCode} ${text.slice(0, 500)}`));
    });
  });
  await Promise.all([pipeline(body, outgoing), answered]);
  return JSON.parse(await answered);
}
