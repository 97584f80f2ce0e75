import { pause } from '../../bootstrap/processes';
import type { PartStatus } from '../status/statusFile';

const PEOPLE_WITHIN_MS = 60_000;

interface Person {
  ref: string;
  displayName: string;
  title?: string;
}

/**
 * What a person reads when the portal is ready.
 * @internal
 */
export function readyText(options: {
  url: string;
  took: string;
  logDirectory: string;
  cluster?: PartStatus;
}): string {
  const { cluster } = options;
  return [
    `Waymark is ready after ${options.took}: ${options.url}`,
    ...(cluster ? clusterLine(cluster) : []),
    `Logs: ${options.logDirectory}`,
    'Ctrl-C, or ./portal stop in another terminal, stops everything.',
  ].join('\n');
}

function clusterLine({ state, message }: PartStatus): string[] {
  if (state === 'ready') return [];
  return [
    state === 'building' || state === 'starting'
      ? `Still coming up: the local cluster. ${message}`
      : `Cluster: ${message}`,
  ];
}

/**
 * Who can be signed in as; on the very first start the catalog has to read them before.
 * @internal
 */
export async function peopleText(
  url: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const deadline = Date.now() + PEOPLE_WITHIN_MS;
  let before = 0;
  while (!signal.aborted && Date.now() < deadline) {
    const people = await signInPeople(url);
    if (people.length && people.length === before) {
      return ['Sign in as one of:', ...people.map(line)].join('\n');
    }
    before = people.length; // while it grows, the catalog is still reading
    await pause(2_000);
  }
  return undefined;
}

function line({ ref, displayName, title }: Person): string {
  const name = ref.replace(/^user:default\//, '');
  return `  ${displayName.padEnd(16)} ${name.padEnd(8)} ${
    title ?? ''
  }`.trimEnd();
}

async function signInPeople(url: string): Promise<Person[]> {
  try {
    const response = await fetch(`${url}/api/auth/local/people`, {
      signal: AbortSignal.timeout(3000),
    });
    const { people } = (await response.json()) as { people: Person[] };
    return people ?? [];
  } catch {
    return [];
  }
}
