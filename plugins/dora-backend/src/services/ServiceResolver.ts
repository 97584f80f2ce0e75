import type { ServiceLookup } from '../sources/types';

/** What the catalog knows of an event's services. @internal */
export interface ResolvedServices {
  /** Entity references that exist. */
  readonly found: readonly string[];
  /** A sentence where some or all are missing. */
  readonly problem?: string;
}

/** Finds services in the catalog. @internal */
export interface ServiceResolver {
  /** Which of these entity references are Components of the catalog. */
  existing(refs: readonly string[]): Promise<ReadonlySet<string>>;
  /** The services that an event is about. */
  find(lookup: ServiceLookup): Promise<ResolvedServices>;
  /** The annotations of a Component; undefined where the catalog has none such. */
  annotations(
    ref: string,
  ): Promise<Readonly<Record<string, string>> | undefined>;
  /** Asks the catalog again from now on. */
  forget(): void;
}
