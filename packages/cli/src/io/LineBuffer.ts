const BYTE_ORDER_MARK = '\ufeff';

/** The bytes of a line while they come; too many of them are let go. @internal */
export class LineBuffer {
  readonly #decoder = new TextDecoder('utf-8', {
    fatal: true,
    ignoreBOM: true,
  });
  #parts: Buffer[] = [];
  #bytes = 0;

  constructor(private readonly maxBytes: number) {}

  add(part: Buffer): void {
    this.#bytes += part.length;
    if (this.#bytes > this.maxBytes) this.#parts = [];
    else this.#parts.push(part);
  }

  isEmpty(): boolean {
    return this.#bytes === 0;
  }

  /** The line so far, and begins the next. */
  take(): { text?: string; problem?: string } {
    const bytes = this.#bytes;
    const parts = this.#parts;
    this.#parts = [];
    this.#bytes = 0;
    if (bytes > this.maxBytes) {
      return { problem: `has more than ${this.maxBytes} bytes` };
    }
    try {
      const whole = parts.length === 1 ? parts[0] : Buffer.concat(parts);
      const text = this.#decoder.decode(whole);
      return { text: text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text };
    } catch {
      return { problem: 'is not UTF-8' };
    }
  }
}
