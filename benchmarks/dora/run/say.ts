/** Tells whoever waits. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Says how long a step took. */
export async function timed<T>(
  label: string,
  work: () => Promise<T>,
): Promise<T> {
  const began = performance.now();
  say(`${label} ...`);
  const result = await work();
  say(`${label}: ${((performance.now() - began) / 1000).toFixed(1)} s`);
  return result;
}
