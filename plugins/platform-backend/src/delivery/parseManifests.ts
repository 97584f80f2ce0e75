import { InputError, isError } from '@backstage/errors';
import type { KubernetesObject } from '@waymark/plugin-platform-common';
import type { RepositoryFile } from '@waymark/plugin-platform-node';
import { parseAllDocuments } from 'yaml';

/** The largest manifest file that is read, in bytes. @internal */
export const MAX_FILE_BYTES = 256 * 1024;
const MAX_FILES = 50;
const MAX_OBJECTS = 100;
/** Expansions of one anchor; a real manifest has a handful, an alias bomb has millions. */
const MAX_ALIASES = 50;

/** One object of a repository, and the file that it stands in. @internal */
export interface Manifest {
  readonly file: string;
  readonly object: KubernetesObject;
}

/** Reads plain manifests; throws an InputError that names the file. @internal */
export function parseManifests(files: readonly RepositoryFile[]): Manifest[] {
  const yaml = files.filter(file => /\.ya?ml$/.test(file.path));
  if (yaml.length > MAX_FILES) {
    throw new InputError(
      `deploy/ has ${yaml.length} manifest files; at most ${MAX_FILES} are applied.`,
    );
  }
  const manifests = yaml.flatMap(parseFile);
  if (manifests.length > MAX_OBJECTS) {
    throw new InputError(
      `deploy/ has ${manifests.length} objects; at most ${MAX_OBJECTS} are applied.`,
    );
  }
  return manifests;
}

function parseFile({ path, content }: RepositoryFile): Manifest[] {
  if (content.byteLength > MAX_FILE_BYTES) {
    throw new InputError(
      `${path} has ${content.byteLength} bytes; at most ${MAX_FILE_BYTES} are read.`,
    );
  }
  const documents = parseAllDocuments(content.toString('utf8'), {
    merge: true,
    prettyErrors: true,
  });
  if (!Array.isArray(documents)) {
    return [];
  }
  return documents.flatMap((document, index) => {
    const [error] = document.errors;
    if (error) {
      throw new InputError(`${path} is not valid YAML: ${firstLine(error)}.`);
    }
    const value = expand(path, () =>
      document.toJS({ maxAliasCount: MAX_ALIASES }),
    );
    // An empty document between two separators.
    if (value === null || value === undefined) {
      return [];
    }
    return [{ file: path, object: toObject(path, index, value) }];
  });
}

function expand(path: string, read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    throw new InputError(
      `${path} cannot be read: ${
        isError(error) ? firstLine(error) : 'unknown'
      }.`,
    );
  }
}

function toObject(
  path: string,
  index: number,
  value: unknown,
): KubernetesObject {
  const object = value as Partial<KubernetesObject>;
  const complete =
    typeof value === 'object' &&
    typeof object.apiVersion === 'string' &&
    typeof object.kind === 'string' &&
    typeof object.metadata?.name === 'string';
  if (!complete) {
    throw new InputError(
      `${path}: document ${
        index + 1
      } is not a Kubernetes object: apiVersion, kind and metadata.name are needed.`,
    );
  }
  return object as KubernetesObject;
}

function firstLine(error: { message: string }): string {
  return error.message.split('\n')[0].replace(/[.:]\s*$/, '');
}
