/** Samples that fit into a row of the covering indexes (a third of a page). */
const INLINE = 400;

/** Lead times as they are stored: little-endian int32, split where there are many. @internal */
export function encodeSamples(seconds: readonly number[]): {
  readonly lead?: Buffer;
  readonly more?: Buffer;
} {
  if (seconds.length === 0) return {};
  return {
    lead: encode(seconds.slice(0, INLINE)),
    more: seconds.length > INLINE ? encode(seconds.slice(INLINE)) : undefined,
  };
}

/** The samples in these buffers. @internal */
export function decodeSamples(
  ...buffers: readonly (Buffer | null | undefined)[]
): Int32Array {
  const size = buffers.reduce((sum, buffer) => sum + (buffer?.length ?? 0), 0);
  // Node runs on little-endian machines; the copy also aligns the bytes.
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const buffer of buffers) {
    if (buffer) {
      bytes.set(buffer, offset);
      offset += buffer.length;
    }
  }
  return new Int32Array(bytes.buffer);
}

function encode(seconds: readonly number[]): Buffer {
  const values = Int32Array.from(seconds);
  return Buffer.from(values.buffer);
}
