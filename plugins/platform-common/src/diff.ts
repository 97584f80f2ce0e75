import type { FieldChange } from './types';

/** Fields that the API server writes; a difference in them is not a change. */
const SERVER_FIELDS = [
  'metadata.managedFields',
  'metadata.resourceVersion',
  'metadata.generation',
  'metadata.uid',
  'metadata.creationTimestamp',
  'metadata.selfLink',
  'status',
];

/** The fields in which two objects differ, by path, without what the API server writes itself. @public */
export function diffObjects(before: unknown, after: unknown): FieldChange[] {
  const changes: FieldChange[] = [];
  walk('', before, after, changes);
  return changes;
}

function walk(
  path: string,
  before: unknown,
  after: unknown,
  changes: FieldChange[],
): void {
  if (SERVER_FIELDS.includes(path)) {
    return;
  }
  if (isRecord(before) && isRecord(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    for (const key of keys) {
      walk(joinPath(path, key), before[key], after[key], changes);
    }
    return;
  }
  if (JSON.stringify(before) !== JSON.stringify(after)) {
    changes.push({ path, before, after });
  }
}

function joinPath(path: string, key: string): string {
  const step = /^[A-Za-z0-9_-]+$/.test(key) ? key : `["${key}"]`;
  if (!path) {
    return step;
  }
  return step.startsWith('[') ? `${path}${step}` : `${path}.${step}`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
