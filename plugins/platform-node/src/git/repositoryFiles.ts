import { InputError } from '@backstage/errors';
import type { ReadDirectoryOptions } from '../GitProvider';

/** Refuses a file that is larger than the caller reads. @internal */
export function assertFileSize(
  file: { path: string; size?: number },
  options: ReadDirectoryOptions,
): void {
  const { maxFileBytes } = options;
  if (maxFileBytes !== undefined && (file.size ?? 0) > maxFileBytes) {
    throw new InputError(
      `${file.path} has ${file.size} bytes; at most ${maxFileBytes} are read.`,
    );
  }
}

/** The bytes of a file that an API answered in base64. @internal */
export function decodeContent(
  file: { content?: string; encoding?: string } | undefined,
): Buffer {
  return Buffer.from(
    file?.content ?? '',
    file?.encoding === 'base64' ? 'base64' : 'utf8',
  );
}
