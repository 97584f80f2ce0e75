import type { RefCommand } from '../services/PushAnnouncer';

/**
 * Bytes that a push may use to say what it changes; the objects come after them.
 * About 10,000 branches and tags.
 */
const MAX_COMMANDS_SIZE = 2 * 1024 * 1024;

/** Start of a push: what it changes, what the client understands, and the bytes that were read to find out. */
export type PushHead = {
  readonly commands: readonly RefCommand[];
  readonly capabilities: ReadonlySet<string>;
  readonly bytes: Buffer;
};

/**
 * Reads the commands at the start of a receive-pack request (gitprotocol-pack, "Reference Update Request").
 * Returns undefined when what comes is not such a request, or is too long.
 * @internal
 */
export async function readPushHead(
  body: AsyncIterator<Buffer>,
): Promise<PushHead | undefined> {
  let bytes = Buffer.alloc(0);
  for (;;) {
    const head = parse(bytes);
    if (head !== 'more') {
      return head && { ...head, bytes };
    }
    if (bytes.length > MAX_COMMANDS_SIZE) {
      return undefined;
    }
    const next = await body.next();
    if (next.done) {
      return undefined;
    }
    bytes = Buffer.concat([bytes, next.value]);
  }
}

/** One line in pkt-line format; undefined is a flush. */
export function pktLine(content: Buffer | string | undefined): Buffer {
  if (content === undefined) {
    return Buffer.from('0000');
  }
  const bytes = Buffer.from(content);
  return Buffer.concat([
    Buffer.from((bytes.length + 4).toString(16).padStart(4, '0')),
    bytes,
  ]);
}

/**
 * The answer that refuses a whole push: git prints the reason for every branch and fails.
 * @internal
 */
export function refusal(head: PushHead, reason: string): Buffer {
  const report = Buffer.concat([
    pktLine('unpack ok\n'),
    ...head.commands.map(({ ref }) => pktLine(`ng ${ref} ${reason}\n`)),
    pktLine(undefined),
  ]);
  if (!head.capabilities.has('side-band-64k')) {
    return report;
  }
  const frames: Buffer[] = [];
  const size = 65_515;
  for (let at = 0; at < report.length; at += size) {
    frames.push(
      pktLine(
        Buffer.concat([Buffer.from([1]), report.subarray(at, at + size)]),
      ),
    );
  }
  return Buffer.concat([...frames, pktLine(undefined)]);
}

function parse(bytes: Buffer): Omit<PushHead, 'bytes'> | undefined | 'more' {
  const commands: RefCommand[] = [];
  let capabilities: ReadonlySet<string> = new Set();
  let at = 0;
  for (;;) {
    if (bytes.length < at + 4) {
      return 'more';
    }
    const length = Number.parseInt(bytes.toString('latin1', at, at + 4), 16);
    if (length === 0) {
      return { commands, capabilities };
    }
    if (Number.isNaN(length) || length <= 4) {
      return undefined;
    }
    if (bytes.length < at + length) {
      return 'more';
    }
    const [line, list] = bytes
      .toString('utf8', at + 4, at + length)
      .replace(/\n$/, '')
      .split('\0');
    if (list !== undefined) {
      capabilities = new Set(list.split(' ').filter(Boolean));
    }
    const command = /^([0-9a-f]{40}) ([0-9a-f]{40}) (\S+)$/.exec(line);
    if (command) {
      commands.push({ before: command[1], after: command[2], ref: command[3] });
    } else if (!/^shallow [0-9a-f]{40}$/.test(line)) {
      return undefined;
    }
    at += length;
  }
}
