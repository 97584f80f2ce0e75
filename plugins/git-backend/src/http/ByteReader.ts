/**
 * Takes exact numbers of bytes from a stream that comes in pieces of any size, each byte being copied a few times at most.
 * @internal
 */
export class ByteReader {
  readonly #body: AsyncIterator<Buffer>;
  readonly #limit: number;
  readonly #signal: AbortSignal | undefined;
  /** Everything that came. */
  readonly #read: Buffer[] = [];
  /** What came and was not taken. */
  #pending: Buffer[] = [];
  #size = 0;
  #total = 0;

  constructor(
    body: AsyncIterator<Buffer>,
    options: { limit: number; signal?: AbortSignal },
  ) {
    this.#body = body;
    this.#limit = options.limit;
    this.#signal = options.signal;
  }

  /**
   * The next bytes; undefined when the stream ends before or would exceed the limit.
   * @throws what the signal was aborted with.
   */
  async take(count: number): Promise<Buffer | undefined> {
    while (this.#size < count) {
      const chunk =
        this.#total > this.#limit
          ? undefined
          : await nextOf(this.#body, this.#signal);
      if (!chunk) {
        return undefined;
      }
      this.#read.push(chunk);
      this.#pending.push(chunk);
      this.#size += chunk.length;
      this.#total += chunk.length;
    }
    const joined =
      this.#pending.length === 1
        ? this.#pending[0]
        : Buffer.concat(this.#pending);
    this.#pending = joined.length > count ? [joined.subarray(count)] : [];
    this.#size -= count;
    return joined.subarray(0, count);
  }

  /** Everything that was read from the stream, taken or not. */
  all(): Buffer {
    return Buffer.concat(this.#read);
  }
}

/**
 * The next piece of a stream; undefined at its end.
 * @throws what the signal was aborted with.
 * @internal
 */
export async function nextOf(
  body: AsyncIterator<Buffer>,
  signal?: AbortSignal,
): Promise<Buffer | undefined> {
  signal?.throwIfAborted();
  const next = body.next();
  // Nobody may be left to hear of it when the signal came first.
  next.catch(() => {});
  const { done, value } = await (signal
    ? Promise.race([next, aborted(signal, next)])
    : next);
  return done ? undefined : value;
}

/** Rejects when the signal is aborted before the work is done. */
function aborted(signal: AbortSignal, work: Promise<unknown>): Promise<never> {
  return new Promise((_resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    const forget = () => signal.removeEventListener('abort', onAbort);
    work.then(forget, forget);
  });
}
