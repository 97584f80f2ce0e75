import type { PartStatus } from '../status/statusFile';

interface Person {
  ref: string;
  displayName: string;
  title?: string;
}

/**
 * What a person reads when the portal is ready.
 * @internal
 */
export async function readyText(options: {
  url: string;
  took: string;
  logDirectory: string;
  cluster?: PartStatus;
}): Promise<string> {
  const people = await signInPeople(options.url);
  return [
    `Waymark is ready after ${options.took}: ${options.url}`,
    ...(people.length ? ['', 'Sign in as one of:', ...people.map(line)] : []),
    '',
    ...(options.cluster && options.cluster.state !== 'ready'
      ? [`Still coming up: the local cluster. ${options.cluster.message}`]
      : []),
    `Logs: ${options.logDirectory}`,
    'Ctrl-C, or ./portal stop in another terminal, stops everything.',
  ].join('\n');
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
    return []; // the catalog may not have read them yet; the sign-in page shows them
  }
}
