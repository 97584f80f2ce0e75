import { randomUUID } from 'node:crypto';

/** One id for every revision that is delivered in one go, to however many namespaces. @internal */
export class Rollouts {
  readonly #ids = new Map<string, string>();

  of(repository: string, revision: string): string {
    const key = `${repository}@${revision}`;
    const id = this.#ids.get(key) ?? randomUUID();
    this.#ids.set(key, id);
    return id;
  }
}
