import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Answers an API call with a status and a body; undefined where it does not know the call. */
export type ApiCall = (call: {
  method: string;
  path: string;
  query: URLSearchParams;
  body: any;
  authorization: string | undefined;
}) => { status: number; body?: unknown } | undefined;

/** A host of real repositories over `git http-backend`, with an API of the test's choice. @internal */
export interface GitHost {
  readonly url: string;
  /** Makes a bare repository and answers its folder. */
  createRepository(name: string): string;
  /** Runs git in a repository. */
  git(name: string, ...args: string[]): string;
  stop(): Promise<void>;
}

/** Starts a {@link GitHost} whose repositories want the given Authorization header. @internal */
export async function startGitHost(
  authorization: string,
  api: (host: GitHost) => ApiCall,
): Promise<GitHost> {
  const root = mkdtempSync(path.join(tmpdir(), 'git-host-'));
  const folder = (name: string) => path.join(root, `${name}.git`);
  let call: ApiCall = () => undefined;
  const server = createServer((req, res) => {
    const url = new URL(req.url ?? '/', 'http://host');
    if (url.pathname.includes('.git/')) {
      serveGit(req, res, { url, root, authorization });
      return;
    }
    void readBody(req).then(body => {
      const answer = call({
        method: req.method ?? 'GET',
        path: url.pathname,
        query: url.searchParams,
        body: body.length ? JSON.parse(body.toString()) : undefined,
        authorization: req.headers.authorization,
      }) ?? { status: 404, body: { message: 'Not Found' } };
      res.writeHead(answer.status, { 'content-type': 'application/json' });
      res.end(JSON.stringify(answer.body ?? {}));
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const host: GitHost = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    createRepository(name) {
      if (!existsSync(folder(name))) {
        mkdirSync(folder(name), { recursive: true });
        const run = (...args: string[]) =>
          execFileSync('git', args, { cwd: folder(name) });
        run('init', '-q', '--bare', '-b', 'main');
        run('config', 'http.receivepack', 'true');
      }
      return folder(name);
    },
    git: (name, ...args) =>
      execFileSync('git', args, {
        cwd: folder(name),
        stdio: ['ignore', 'pipe', 'ignore'],
      })
        .toString()
        .trim(),
    async stop() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
      rmSync(root, { recursive: true, force: true });
    },
  };
  call = api(host);
  return host;
}

function serveGit(
  req: IncomingMessage,
  res: ServerResponse,
  options: { url: URL; root: string; authorization: string },
): void {
  const { url, root, authorization } = options;
  if (req.headers.authorization !== authorization) {
    res.writeHead(401, { 'www-authenticate': 'Basic' }).end();
    return;
  }
  const backend = spawn('git', ['http-backend'], {
    env: {
      ...process.env,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: url.pathname,
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: req.method,
      CONTENT_TYPE: req.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: String(req.headers['content-encoding'] ?? ''),
      REMOTE_USER: 'waymark',
    },
  });
  req.pipe(backend.stdin);
  const chunks: Buffer[] = [];
  backend.stdout.on('data', chunk => chunks.push(chunk));
  backend.on('close', () => answerCgi(Buffer.concat(chunks), res));
}

function answerCgi(output: Buffer, res: ServerResponse): void {
  const end = output.indexOf('\r\n\r\n');
  const headers = output
    .subarray(0, end)
    .toString()
    .split('\r\n')
    .map(line => line.split(': ') as [string, string]);
  const status = headers.find(([key]) => key === 'Status')?.[1];
  res.writeHead(
    Number(status?.split(' ')[0] ?? 200),
    Object.fromEntries(headers.filter(([key]) => key && key !== 'Status')),
  );
  res.end(output.subarray(end + 4));
}

async function readBody(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
