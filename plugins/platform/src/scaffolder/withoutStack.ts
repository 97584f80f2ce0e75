const FRAME = /^\s+at\s.*$/;

/** Takes the frames of a stack out of a log message; everything else stays. @internal */
export function withoutStack(message: string): string {
  return message
    .split('\n')
    .filter(line => !FRAME.test(line))
    .join('\n');
}
