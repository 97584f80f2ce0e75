import type { ChangeInput, DeploymentEvent } from '@waymark/plugin-dora-common';
import { DAY, HistoryOptions, HOUR, iso, MINUTE, serviceRef } from './options';
import type { Random } from './Random';

/** Services of one system, which go out together once in 30 days. */
const SYSTEM = 10;
/** A service's, over three years. */
const DEPLOYMENTS_PER_DAY = 1000 / 1095;
const CHANGES_PER_DEPLOYMENT = 5.4;

/** A service's deployments: failed attempts, rollbacks, hotfixes, and rollouts of its system. */
export class DeploymentHistory {
  #sha?: string;
  #revisions: string[] = [];
  #last?: DeploymentEvent;
  #unshipped: ChangeInput[] = [];

  constructor(
    private readonly options: HistoryOptions,
    private readonly random: Random,
  ) {}

  events(): DeploymentEvent[] {
    return this.finishes().map(({ at, rolloutId }, index) => {
      const event = this.deployment(index, at, rolloutId);
      if (event.status === 'success') {
        this.#unshipped = [];
        this.#revisions.push(event.revision!);
      }
      this.#last = event;
      return event;
    });
  }

  private finishes(): { at: number; rolloutId?: string }[] {
    const { from, to, service } = this.options;
    const result: { at: number; rolloutId?: string }[] = [];
    const system = Math.floor(service / SYSTEM);
    const trains = Math.floor((to - from) / (30 * DAY));
    for (let train = 0; train < trains; train++) {
      const at = to - (train + 1) * 30 * DAY + system * MINUTE;
      const place = (service % SYSTEM) * 2 * MINUTE;
      result.push({ at: at + place, rolloutId: `train-${system}-${at}` });
    }
    const gap = DAY / (DEPLOYMENTS_PER_DAY - 1 / 30);
    for (let at = from + this.random.next() * gap; at < to; at += gap) {
      const shifted = at + (this.random.next() - 0.5) * gap;
      if (shifted >= from && shifted < to) {
        result.push({ at: Math.round(shifted / 1000) * 1000 });
      }
    }
    return result.sort((a, b) => a.at - b.at);
  }

  private deployment(
    index: number,
    at: number,
    rolloutId?: string,
  ): DeploymentEvent {
    const kind = rolloutId ? 1 : this.random.next();
    const base = {
      kind: 'deployment',
      id: `run-${this.options.service}-${index}`,
      source: 'benchmark',
      service: serviceRef(this.options.service),
      environment: 'production',
      startedAt: iso(at - this.random.exponential(6 * MINUTE)),
      finishedAt: iso(at),
      rolloutId,
    } as const;
    if (kind < 0.005 && this.#revisions.length > 2) {
      const revision = this.#revisions.at(-2)!;
      return { ...base, status: 'success', revision };
    }
    const changes = this.changes(at);
    const revision = changes[0]?.sha ?? this.#sha ?? this.random.sha();
    if (kind < 0.015) return { ...base, status: 'cancelled', revision };
    if (kind < 0.045) return { ...base, status: 'failure', revision, changes };
    const remedy = kind < 0.055 && this.#last;
    return {
      ...base,
      status: 'success',
      revision,
      changes,
      ...(remedy && { remediates: { deployment: remedy.id } }),
    };
  }

  /** Newest first, with those of failed attempts before. */
  private changes(at: number): ChangeInput[] {
    const count = Math.round(this.random.exponential(CHANGES_PER_DEPLOYMENT));
    const fresh: ChangeInput[] = [];
    for (let i = 0; i < count; i++) {
      const sha = this.random.sha();
      const lead = this.random.logNormal(20 * HOUR, 1.2);
      fresh.unshift({
        sha,
        committedAt: iso(at - lead),
        parents: this.#sha ? [this.#sha] : [],
      });
      this.#sha = sha;
    }
    this.#unshipped = [...fresh, ...this.#unshipped];
    return this.#unshipped;
  }
}
