import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readEarlierOverlay } from '../src/overlay/secrets';

const run = promisify(execFile);

function required(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(
      `${name} is not set: run the browser tests with ./portal test browser`,
    );
  }
  return value;
}

/** Where the portal under test answers, without a trailing slash. */
export const baseUrl = required('WAYMARK_URL');

/** The data folder of the portal under test. */
export const home = required('WAYMARK_HOME');

/** Path of a kubeconfig with all rights, or undefined where no cluster could be had. */
export const kubeconfig = process.env.WAYMARK_TEST_KUBECONFIG;

/** A bearer token of a person of the sample organisation. */
export async function tokenOf(user: string): Promise<string> {
  const response = await fetch(`${baseUrl}/api/auth/local/refresh`, {
    headers: { 'x-waymark-user': `user:default/${user}` },
  });
  if (!response.ok) {
    throw new Error(`Signing in as ${user} answered ${response.status}`);
  }
  const body = (await response.json()) as {
    backstageIdentity: { token: string };
  };
  return body.backstageIdentity.token;
}

/** A bearer token that may send events, as `./portal token --service` prints it. */
export function serviceToken(): string {
  const { serviceToken: token } = readEarlierOverlay(
    join(home, 'app-config.local.yaml'),
  ).secrets;
  if (!token) throw new Error('The portal under test has no service token');
  return token;
}

/** Calls the portal as a person; the body is parsed where it is JSON. */
export async function call(
  user: string,
  path: string,
  options: { method?: string; body?: unknown } = {},
): Promise<{ status: number; body: any; text: string }> {
  const response = await fetch(`${baseUrl}${path}`, {
    method: options.method ?? 'GET',
    headers: {
      authorization: `Bearer ${await tokenOf(user)}`,
      ...(options.body === undefined
        ? {}
        : { 'content-type': 'application/json' }),
    },
    body: options.body === undefined ? undefined : JSON.stringify(options.body),
  });
  const text = await response.text();
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = undefined;
  }
  return { status: response.status, body, text };
}

/** Runs git without the machine's configuration and without prompts. */
export async function git(
  cwd: string,
  ...args: string[]
): Promise<{ stdout: string; stderr: string }> {
  return run('git', args, {
    cwd,
    env: {
      ...process.env,
      GIT_TERMINAL_PROMPT: '0',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_AUTHOR_NAME: 'Devon Reyes',
      GIT_AUTHOR_EMAIL: 'dev@example.com',
      GIT_COMMITTER_NAME: 'Devon Reyes',
      GIT_COMMITTER_EMAIL: 'dev@example.com',
    },
    maxBuffer: 16 * 1024 * 1024,
  });
}

/** A clone URL that carries a fresh access token of the person. */
export async function authenticatedUrl(
  user: string,
  repository: string,
): Promise<string> {
  const made = await call(user, '/api/git/v1/tokens', {
    method: 'POST',
    body: {
      name: `test ${Date.now()}`,
      // seconds
      lifetime: 86_400,
    },
  });
  if (made.status !== 201) {
    throw new Error(`Making a token answered ${made.status}: ${made.text}`);
  }
  const url = new URL(`${baseUrl}/api/git/${repository}.git`);
  url.username = user;
  url.password = made.body.token;
  return url.toString();
}

/** Polls until the answer is defined; fails with the description after the timeout. */
export async function until<T>(
  what: string,
  seconds: number,
  probe: () => Promise<T | undefined | false>,
): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  let last: unknown;
  while (Date.now() < deadline) {
    try {
      const answer = await probe();
      if (answer) {
        return answer;
      }
    } catch (error) {
      last = error;
    }
    await new Promise(resolve => setTimeout(resolve, 500));
  }
  throw new Error(
    `${what} did not happen within ${seconds} s${last ? `: ${last}` : ''}`,
  );
}

/** Waits until the sample organisation stands: registered, and deployed where there is a cluster. */
export async function sampleReady(): Promise<void> {
  await until('The sample organisation in the catalog', 180, async () => {
    const answers = await Promise.all(
      ['checkout', 'payment-gateway', 'product-catalog'].map(name =>
        call('dev', `/api/catalog/entities/by-name/component/default/${name}`),
      ),
    );
    return answers.every(({ status }) => status === 200);
  });
  if (!kubeconfig) return;
  await until('The deployments of the sample organisation', 240, async () => {
    const { body } = await call('pat', '/api/platform/v1/deliveries');
    const delivered = new Set(
      body.items
        .filter((item: { status: string }) => item.status === 'succeeded')
        .map((item: { namespace: string }) => item.namespace),
    );
    return [
      'checkout-development',
      'payment-gateway-development',
      'product-catalog-development',
    ].every(namespace => delivered.has(namespace));
  });
}

/** Asks the API server with all rights, past the portal. */
export async function kubernetes(
  path: string,
  write: { readonly method?: string; readonly body?: object } = {},
): Promise<any> {
  const { KubeConfig } = await import('@kubernetes/client-node');
  const config = new KubeConfig();
  config.loadFromString(readFileSync(kubeconfig!, 'utf8'));
  const { request } = await import('node:https');
  const options: Record<string, any> = {};
  await config.applyToHTTPSOptions(options);
  const url = new URL(config.getCurrentCluster()!.server + path);
  return new Promise((resolve, reject) => {
    const headers = {
      ...options.headers,
      ...(write.body && { 'Content-Type': 'application/json' }),
    };
    const method = write.method ?? 'GET';
    request(url, { ...options, method, headers }, response => {
      let text = '';
      response.on('data', chunk => {
        text += chunk;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode, ...JSON.parse(text) }),
      );
    })
      .on('error', reject)
      .end(write.body && JSON.stringify(write.body));
  });
}
