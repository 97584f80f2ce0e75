import type { RefCommand } from '../services/PushAnnouncer';
import { ByteReader } from './ByteReader';

/** Longer names than a file system holds are no names. */
const COMMAND = /^([0-9a-f]{40}) ([0-9a-f]{40}) (\S{1,4096})$/;

/** Branches and tags that one push may change. */
export const MAX_COMMANDS = 1_000;

/** Bytes that a push may use to say what it changes; the objects come after them. */
const MAX_HEAD_SIZE = 2 * 1024 * 1024;

/** Start of a push: what it changes, what the client understands, and the bytes that were read to find out. */
export type PushHead = {
  readonly commands: readonly RefCommand[];
  readonly capabilities: ReadonlySet<string>;
  readonly bytes: Buffer;
  /** Whether more commands follow than one push may have; they were not read. */
  readonly tooMany?: boolean;
};

/**
 * Reads the commands at the start of a receive-pack request (gitprotocol-pack, "Reference Update Request").
 * Returns undefined when what comes is not such a request, or is too long.
 * @throws what the signal was aborted with.
 * @internal
 */
export async function readPushHead(
  body: AsyncIterator<Buffer>,
  signal?: AbortSignal,
): Promise<PushHead | undefined> {
  const reader = new ByteReader(body, { limit: MAX_HEAD_SIZE, signal });
  const commands: RefCommand[] = [];
  let capabilities: ReadonlySet<string> = new Set();
  for (;;) {
    const digits = (await reader.take(4))?.toString('latin1') ?? '';
    const length = /^[0-9a-f]{4}$/i.test(digits) ? parseInt(digits, 16) : -1;
    if (length === 0) {
      return { commands, capabilities, bytes: reader.all() };
    }
    const line = length > 4 ? await reader.take(length - 4) : undefined;
    if (!line) {
      return undefined;
    }
    const [text, list] = line.toString('utf8').replace(/\n$/, '').split('\0');
    if (list !== undefined) {
      capabilities = new Set(list.split(' ').filter(Boolean));
    }
    const command = COMMAND.exec(text);
    if (command && commands.length === MAX_COMMANDS) {
      return { commands, capabilities, bytes: reader.all(), tooMany: true };
    }
    if (command) {
      commands.push({ before: command[1], after: command[2], ref: command[3] });
    } else if (!/^shallow [0-9a-f]{40}$/.test(text)) {
      return undefined;
    }
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
