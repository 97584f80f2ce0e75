import { ConflictError } from '@backstage/errors';
import type {
  ChangesProvider,
  DoraChangesExtensionPoint,
  RepositoryRef,
} from '@waymark/plugin-dora-node';

/** The Git providers, those that modules added before the built-in ones. @internal */
export class ChangesProviders implements DoraChangesExtensionPoint {
  readonly #added: ChangesProvider[] = [];
  #builtIn: readonly ChangesProvider[] = [];

  addProvider(provider: ChangesProvider): void {
    if (this.#added.some(({ id }) => id === provider.id)) {
      throw new ConflictError(
        `Two modules add a provider of changes with the id "${provider.id}": remove one.`,
      );
    }
    this.#added.push(provider);
  }

  setBuiltIn(providers: readonly ChangesProvider[]): void {
    this.#builtIn = providers;
  }

  /** The provider of a Component's repository; undefined where none knows it. */
  locate(
    annotations: Readonly<Record<string, string>>,
  ):
    | { readonly provider: ChangesProvider; readonly repository: RepositoryRef }
    | undefined {
    for (const provider of [...this.#added, ...this.#builtIn]) {
      const repository = provider.locate(annotations);
      if (repository) return { provider, repository };
    }
    return undefined;
  }
}
