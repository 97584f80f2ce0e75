import { CustomErrorBase } from '@backstage/errors';

/** An answer that Backstage has no error for, such as 413. @internal */
export class HttpError extends CustomErrorBase {
  name = 'HttpError' as const;

  constructor(readonly statusCode: number, message: string) {
    super(message);
  }
}
