import { execFile } from 'node:child_process';
import { devNull } from 'node:os';
import { promisify } from 'node:util';
import { ServiceUnavailableError, isError } from '@backstage/errors';

const exec = promisify(execFile);

/** What git may see of the portal's own environment: how to find programs, proxies and certificates. */
const PASSED_ON = [
  'PATH',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'GIT_SSL_CAINFO',
  'NODE_EXTRA_CA_CERTS',
  'SystemRoot',
];

const UNREACHABLE =
  /could not resolve|failed to connect|couldn't connect|connection refused|connection reset|timed out|empty reply|returned error: 5\d\d|early eof|hung up/i;
const REFUSED = /returned error: 40[13]|authentication failed/i;

/** Where and as whom git runs. @internal */
export interface GitEnvironment {
  readonly gitDir: string;
  readonly workTree?: string;
  /** The remote's origin and the `Authorization` header for it. */
  readonly remote?: { readonly origin: string; readonly authorization: string };
  readonly variables?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/**
 * Runs git without anybody's configuration, hooks or prompts; credentials go
 * through the environment, never through arguments or URLs.
 * @internal
 */
export async function runGit(
  args: readonly string[],
  environment: GitEnvironment,
): Promise<string> {
  try {
    const { stdout } = await exec('git', [...args], {
      env: gitVariables(environment),
      cwd: environment.workTree ?? environment.gitDir,
      signal: environment.signal,
      maxBuffer: 16 * 1024 * 1024,
    });
    return stdout.trim();
  } catch (error) {
    throw explain(error, args[0], environment);
  }
}

function gitVariables(environment: GitEnvironment): NodeJS.ProcessEnv {
  const { gitDir, workTree, remote } = environment;
  const settings: [string, string][] = [
    ['core.hooksPath', devNull],
    ['core.autocrlf', 'false'],
    ['safe.directory', '*'],
    ['gc.auto', '0'],
    ['http.followRedirects', 'false'],
  ];
  if (remote) {
    settings.push([
      `http.${remote.origin}/.extraHeader`,
      `Authorization: ${remote.authorization}`,
    ]);
  }
  return {
    ...Object.fromEntries(PASSED_ON.map(name => [name, process.env[name]])),
    HOME: gitDir,
    LC_ALL: 'C',
    GIT_DIR: gitDir,
    ...(workTree && { GIT_WORK_TREE: workTree }),
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: devNull,
    GIT_TERMINAL_PROMPT: '0',
    GIT_ALLOW_PROTOCOL: 'http:https',
    GIT_CONFIG_COUNT: String(settings.length),
    ...Object.fromEntries(
      settings.flatMap(([key, value], index) => [
        [`GIT_CONFIG_KEY_${index}`, key],
        [`GIT_CONFIG_VALUE_${index}`, value],
      ]),
    ),
    ...environment.variables,
  };
}

function explain(
  error: unknown,
  command: string,
  environment: GitEnvironment,
): Error {
  environment.signal?.throwIfAborted();
  if (isError(error) && error.code === 'ENOENT') {
    return new ServiceUnavailableError(
      'git is not installed on the machine that runs the portal: install it.',
    );
  }
  const stderr =
    isError(error) && typeof error.stderr === 'string' ? error.stderr : '';
  const host = environment.remote && new URL(environment.remote.origin).host;
  if (host && UNREACHABLE.test(stderr)) {
    return new ServiceUnavailableError(
      `The Git host ${host} does not answer. Try again when it is up.`,
    );
  }
  if (host && REFUSED.test(stderr)) {
    return new ServiceUnavailableError(
      `The Git host ${host} refused the portal's account: the platform team has to check the credentials under "integrations".`,
    );
  }
  const reason = stderr
    .split('\n')
    .reverse()
    .find(line => /^(fatal|error|remote):/.test(line));
  return new Error(`git ${command} failed: ${reason ?? 'no reason given'}`);
}
