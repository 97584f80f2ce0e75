import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import {
  REQUIRED_CHECKS,
  type DryRunResult,
  type PlatformRequest,
} from '@waymark/plugin-platform-common';
import type { GitProvider } from '@waymark/plugin-platform-node';
import type { Findings } from './findExisting';

/** Says what a request for a repository would do. @internal */
export async function planRepository(options: {
  request: PlatformRequest;
  owner: Entity;
  findings: Findings;
  git: GitProvider;
}): Promise<Pick<DryRunResult, 'objects' | 'changes' | 'notes'>> {
  const { request, owner, findings, git } = options;
  const location = git.locate({
    owner: stringifyEntityRef(owner),
    name: request.name,
  });
  const exists = findings.existing.length > 0;
  return {
    objects: [],
    changes: [
      {
        operation: exists ? 'unchanged' : 'create',
        object: {
          apiVersion: 'platform.waymark.dev/v1alpha1',
          kind: 'Repository',
          name: `${location.owner}/${location.name}`,
        },
        fields: [],
      },
    ],
    notes: [
      `The repository ${location.remoteUrl} ${
        exists ? 'exists' : 'would be created'
      }; its default branch requires the checks ${REQUIRED_CHECKS.join(
        ', ',
      )} where ${git.host} can enforce them.`,
    ],
  };
}
