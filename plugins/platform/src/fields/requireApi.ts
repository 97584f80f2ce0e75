import type { ApiHolder, ApiRef } from '@backstage/frontend-plugin-api';

/** The API that a validation needs; what it throws is shown at the field. @internal */
export function requireApi<T>(apiHolder: ApiHolder, ref: ApiRef<T>): T {
  const api = apiHolder.get(ref);
  if (!api) {
    throw new Error(
      `The portal has no ${ref.id}: install the platform plugin.`,
    );
  }
  return api;
}
