import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  DryRunResult,
  ObjectChange,
} from '@waymark/plugin-platform-common';

const VERBS: Record<ObjectChange['operation'], string> = {
  create: 'Would create',
  update: 'Would change',
  unchanged: 'Would leave as it is',
};

/** Writes into the log what a request would do. @internal */
export function logDryRun(logger: LoggerService, result: DryRunResult): void {
  for (const { operation, object, fields } of result.changes) {
    const where = object.namespace ? ` in ${object.namespace}` : '';
    const what = fields.length
      ? `: ${fields.map(field => field.path).join(', ')}`
      : '';
    logger.info(
      `${VERBS[operation]}: ${object.kind} "${object.name}"${where}${what}`,
    );
  }
  result.notes.forEach(note => logger.info(note));
}

/** What the namespace of a dry run may hold, as in `cpu 2, memory 4Gi, 10 pods`. @internal */
export function describeQuota(result: DryRunResult): string {
  const quota = result.objects.find(each => each.kind === 'ResourceQuota');
  const { hard = {} } = (quota?.spec ?? {}) as {
    hard?: Record<string, string>;
  };
  return [
    `cpu ${hard['limits.cpu']}`,
    `memory ${hard['limits.memory']}`,
    `${hard.pods} pods`,
    `storage ${hard['requests.storage']}`,
  ].join(', ');
}
