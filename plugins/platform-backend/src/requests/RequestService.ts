import type { AuthService } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  evaluateRequest,
  findNameProblem,
  normalizeOwner,
  type DryRunResult,
  type PlatformRequest,
} from '@waymark/plugin-platform-common';
import type {
  ClusterService,
  GitProvider,
} from '@waymark/plugin-platform-node';
import type { Caller } from '../Caller';
import type { PlatformConfig } from '../config';
import { findExisting, type Findings } from './findExisting';
import { planNamespace } from './planNamespace';
import { planRepository } from './planRepository';

/** What a request costs, while prices are not known. @internal */
export const UNKNOWN_COST: DryRunResult['cost'] = {
  lines: [],
  note: 'Prices are not configured: the cost is unknown, not zero.',
};

/** What {@link RequestService} takes. @internal */
export interface RequestServiceOptions {
  readonly auth: AuthService;
  readonly catalog: CatalogService;
  readonly clusters: ClusterService;
  readonly git: GitProvider;
  readonly config: PlatformConfig;
}

/** Judges requests and says what they would do. @internal */
export class RequestService {
  readonly #options: RequestServiceOptions;

  constructor(options: RequestServiceOptions) {
    this.#options = options;
  }

  /** Touches nothing. */
  async dryRun(
    request: PlatformRequest,
    caller: Caller,
  ): Promise<DryRunResult> {
    const { config } = this.#options;
    const ownerRef = normalizeOwner(request.owner);
    const owner = ownerRef && (await this.#findOwner(ownerRef, caller));
    const findings = await this.#look(request, ownerRef);
    const verdicts = evaluateRequest(request, {
      teams: caller.teams,
      ownerExists: owner !== undefined,
      sizes: config.sizes,
      limits: config.limits,
      existing: findings.existing,
      unchecked: findings.unchecked,
    });
    const allowed = verdicts.every(verdict => verdict.allowed);
    // What somebody else has is not shown to who may not have it.
    const plan =
      owner && allowed
        ? await this.#plan(request, owner, findings)
        : { objects: [], changes: [], notes: [] };
    return {
      verdicts,
      cost: UNKNOWN_COST,
      objects: plan.objects,
      changes: plan.changes,
      notes: plan.notes,
      existing: allowed && findings.existing.length > 0,
    };
  }

  async #findOwner(
    ownerRef: string,
    caller: Caller,
  ): Promise<Entity | undefined> {
    return this.#options.catalog.getEntityByRef(ownerRef, {
      credentials: caller.credentials,
    });
  }

  async #look(
    request: PlatformRequest,
    ownerRef: string | undefined,
  ): Promise<Findings> {
    if (findNameProblem(request.kind, request.name)) {
      return { existing: [], unchecked: 'it is not a valid name.' };
    }
    return findExisting(request, ownerRef, this.#options);
  }

  async #plan(request: PlatformRequest, owner: Entity, findings: Findings) {
    return request.kind === 'Namespace'
      ? planNamespace({ request, owner, findings, ...this.#options })
      : planRepository({ request, owner, findings, ...this.#options });
  }
}
