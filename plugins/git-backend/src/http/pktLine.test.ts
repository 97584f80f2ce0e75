import { pktLine, readPushHead, refusal } from './pktLine';

const OLD = '0'.repeat(40);
const NEW = 'a'.repeat(40);

async function* chunks(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) {
    yield bytes.subarray(at, at + size);
  }
}

const read = (bytes: Buffer, size = 7) => readPushHead(chunks(bytes, size));

describe('readPushHead', () => {
  const request = Buffer.concat([
    pktLine(`shallow ${NEW}\n`),
    pktLine(
      `${OLD} ${NEW} refs/heads/main\0 report-status side-band-64k agent=git/2\n`,
    ),
    pktLine(`${NEW} ${OLD} refs/tags/v1\n`),
    pktLine(undefined),
    Buffer.from('PACK...'),
  ]);

  it.each([1, 7, 4096])('reads commands in pieces of %i bytes', async size => {
    const head = await read(request, size);
    expect(head?.commands).toEqual([
      { before: OLD, after: NEW, ref: 'refs/heads/main' },
      { before: NEW, after: OLD, ref: 'refs/tags/v1' },
    ]);
    expect(head?.capabilities.has('side-band-64k')).toBe(true);
    expect(request.subarray(0, head?.bytes.length)).toEqual(head?.bytes);
  });

  it('reads the empty request with which git tries its credentials', async () => {
    expect((await read(Buffer.from('0000')))?.commands).toEqual([]);
  });

  it.each([
    ['nothing', ''],
    ['half a line', '0032'],
    ['no length', 'zzzz'],
    ['a length that is too short', '0003'],
    ['something else', '000bpush-ce'],
  ])('refuses %s', async (_name, text) => {
    expect(await read(Buffer.from(text))).toBeUndefined();
  });

  it('refuses commands without end', async () => {
    async function* endless() {
      for (;;) {
        yield pktLine(`${OLD} ${NEW} refs/heads/${'x'.repeat(60_000)}\n`);
      }
    }
    expect(await readPushHead(endless())).toBeUndefined();
  });
});

describe('what one push may say', () => {
  it('reads two megabytes in small pieces in little time', async () => {
    const line = pktLine(`shallow ${NEW}\n`);
    const request = Buffer.concat([
      ...Array.from({ length: 38_000 }, () => line),
      pktLine(`${OLD} ${NEW} refs/heads/main\0report-status\n`),
      pktLine(undefined),
    ]);
    const started = performance.now();
    const head = await read(request, 400);
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(head?.commands).toHaveLength(1);
    expect(head?.bytes).toEqual(request);
  });

  it('stops after 1,000 commands', async () => {
    const commands = (count: number) =>
      Buffer.concat([
        ...Array.from({ length: count }, (_, index) =>
          pktLine(`${OLD} ${NEW} refs/heads/b${index}\n`),
        ),
        pktLine(undefined),
      ]);
    const whole = await read(commands(1_000), 400);
    expect(whole?.commands).toHaveLength(1_000);
    expect(whole?.tooMany).toBeUndefined();
    const more = await read(commands(1_001), 400);
    expect(more?.commands).toHaveLength(1_000);
    expect(more?.tooMany).toBe(true);
  });

  it('waits no longer than the signal says', async () => {
    const never: AsyncIterator<Buffer> = { next: () => new Promise(() => {}) };
    await expect(readPushHead(never, AbortSignal.timeout(20))).rejects.toThrow(
      'timeout',
    );
  });
});

describe('refusal', () => {
  it('answers for every ref, inside the side band when the client has one', async () => {
    const command = { before: OLD, after: NEW, ref: 'refs/heads/main' };
    const head = { commands: [command], bytes: Buffer.alloc(0) };
    const plain = refusal({ ...head, capabilities: new Set() }, 'no');
    expect(plain.toString()).toBe(
      '000eunpack ok\n001ang refs/heads/main no\n0000',
    );
    const banded = refusal(
      { ...head, capabilities: new Set(['side-band-64k']) },
      'no',
    );
    expect(banded.toString()).toBe(`0031\u0001${plain.toString()}0000`);
  });
});
