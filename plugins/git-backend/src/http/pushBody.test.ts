import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Request } from 'express';
import { bodyOf, pour } from './pushBody';

describe('pour', () => {
  it('ends what waits for a client that sends nothing more', async () => {
    const never: AsyncIterator<Buffer> = { next: () => new Promise(() => {}) };
    const child = spawn('cat');
    let output = '';
    child.stdout.on('data', chunk => (output += chunk));
    const closed = once(child, 'close');
    await pour(Buffer.from('first'), never, child, 50);
    await closed;
    expect(output).toBe('first');
  });
});

describe('bodyOf', () => {
  async function send(bytes: Buffer) {
    const server = createServer();
    const arrived = once(server, 'request');
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.write(
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Encoding: gzip\r\nContent-Length: 1000\r\n\r\n',
    );
    socket.write(bytes);
    const [message] = (await arrived) as [IncomingMessage];
    const req = Object.assign(message, {
      get: (name: string) => message.headers[name],
    }) as unknown as Request;
    return { req, socket, server };
  }

  it('ends with an error when the client hangs up in the middle', async () => {
    const { req, socket, server } = await send(
      gzipSync('x'.repeat(100)).subarray(0, 15),
    );
    const body = bodyOf(req);
    await body.next();
    setTimeout(() => socket.destroy(), 20);
    await expect(body.next()).rejects.toThrow('hung up');
    server.close();
  });

  it('ends with an error when what comes is not packed', async () => {
    const { req, socket, server } = await send(Buffer.from('no gzip at all'));
    await expect(bodyOf(req).next()).rejects.toThrow('incorrect header');
    socket.destroy();
    server.close();
  });

  it('survives a client that hangs up before anybody reads', async () => {
    const { req, socket, server } = await send(gzipSync('x').subarray(0, 5));
    const body = bodyOf(req);
    const closed = once(req, 'close').catch(() => {});
    socket.destroy();
    await closed;
    await new Promise(resolve => setTimeout(resolve, 20));
    await expect(body.next()).rejects.toThrow();
    server.close();
  });
});
