import { ConfigReader } from '@backstage/config';
import {
  assertLoopback,
  isLoopbackHost,
  isLoopbackHostHeader,
} from './loopback';

describe('isLoopbackHost', () => {
  it.each(['localhost', 'LocalHost', '127.0.0.1', '127.9.9.9', '::1', '[::1]'])(
    'accepts %s',
    host => expect(isLoopbackHost(host)).toBe(true),
  );

  it.each([
    '',
    '0.0.0.0',
    '::',
    '10.0.0.1',
    'example.com',
    'localhost.example.com',
    '127.0.0.1.example.com',
  ])('refuses %p', host => expect(isLoopbackHost(host)).toBe(false));
});

describe('isLoopbackHostHeader', () => {
  it.each(['localhost', 'localhost:7007', '127.0.0.1:7007', '[::1]:7007'])(
    'accepts %s',
    header => expect(isLoopbackHostHeader(header)).toBe(true),
  );

  it.each([
    undefined,
    '',
    'evil.example:7007',
    'localhost@evil.example',
    'a b',
    '192.168.1.7:7007',
  ])('refuses %p', header => expect(isLoopbackHostHeader(header)).toBe(false));
});

describe('assertLoopback', () => {
  const local = 'http://localhost:7007';
  const assert = (listen: unknown, app = local, backend = local) =>
    assertLoopback(
      new ConfigReader({
        app: { baseUrl: app },
        backend: { baseUrl: backend, listen: listen as string },
      }),
    );

  it.each([
    [{ host: '127.0.0.1', port: 7007 }],
    [{ host: 'localhost' }],
    ['127.0.0.1:7007'],
    ['[::1]:7007'],
  ])('accepts to listen on %j', listen =>
    expect(() => assert(listen)).not.toThrow(),
  );

  it.each([
    [{ port: 7007 }],
    [{ host: '0.0.0.0' }],
    [{ host: '::' }],
    ['0.0.0.0:7007'],
    [':7007'],
    [undefined],
  ])('refuses to listen on %j', listen =>
    expect(() => assert(listen)).toThrow(/backend\.listen\.host/),
  );

  it('refuses an address that others use', () => {
    const host = { host: '127.0.0.1' };
    expect(() => assert(host, 'https://portal.example.com')).toThrow(
      /app\.baseUrl/,
    );
    expect(() => assert(host, local, 'http://10.0.0.1')).toThrow(
      /backend\.baseUrl/,
    );
  });
});
