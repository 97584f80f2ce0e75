import { InputError } from '@backstage/errors';

const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * Parses JSON in UTF-8.
 * @throws InputError with a sentence that says what is wrong
 * @internal
 */
export function parseJson(bytes: Uint8Array, what: string): unknown {
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    throw new InputError(`${what} is not valid UTF-8.`);
  }
  if (text.trim() === '') throw new InputError(`${what} is empty.`);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(
      `${what} is not valid JSON: ${(error as Error).message}.`,
    );
  }
}
