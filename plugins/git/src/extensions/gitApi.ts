import {
  ApiBlueprint,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import { GitClient, gitApiRef } from '../api';

/** The client of the embedded Git host. @internal */
export const gitApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: gitApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new GitClient(deps),
    }),
});
