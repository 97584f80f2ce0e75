import type {
  ChangeInput,
  DeploymentEvent,
  IncidentEvent,
} from '@waymark/plugin-dora-common';
import type { DeliveryProfile } from './profiles';
import { Random } from './Random';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What one service did. @internal */
export interface ServiceEvents {
  readonly deployments: DeploymentEvent[];
  readonly incidents: IncidentEvent[];
}

/** Makes up what happened to one service, one deployment after the other. @internal */
export class ServiceHistory {
  readonly #profile: DeliveryProfile;
  readonly #random: Random;
  readonly #source: string;
  readonly #since: number;
  readonly #events: ServiceEvents = { deployments: [], incidents: [] };
  /** Revisions that were live, the one that is live last. */
  readonly #live: string[] = [];
  #head?: string;
  #pullRequest = 40;

  constructor(options: {
    profile: DeliveryProfile;
    source: string;
    /** Milliseconds since 1970: where the made-up time begins. */
    since: number;
  }) {
    this.#profile = options.profile;
    this.#random = new Random(`waymark ${options.profile.service}`);
    this.#source = options.source;
    this.#since = options.since;
  }

  get events(): ServiceEvents {
    return this.#events;
  }

  /**
   * A planned deployment with all that follows from it; returns when it was over.
   * @param calm - nothing goes wrong with it
   */
  deploy(
    at: number,
    options: { calm?: boolean; rolloutId?: string; head?: string } = {},
  ): number {
    const random = this.#random;
    const { calm = false, rolloutId } = options;
    const changes = this.#commits(at, options.head);
    const revision = changes.at(-1)!.sha;
    let finished = at;
    if (!calm && random.chance(this.#profile.failedAttempts)) {
      finished = this.#attempt({ at, revision, changes, status: 'failure' }).at;
      finished += random.between(15, 50) * MINUTE;
    }
    const { id, at: live } = this.#attempt({
      at: finished,
      revision,
      changes,
      status: 'success',
      rolloutId,
    });
    const goesWrong = !calm && !rolloutId && this.#live.length > 1;
    return goesWrong && random.chance(this.#profile.incidents)
      ? this.#incident(id, revision, live)
      : live;
  }

  #incident(id: string, revision: string, live: number): number {
    const random = this.#random;
    const profile = this.#profile;
    const opened = live + random.skewed(25, 1) * MINUTE;
    const lasts = random.skewed(profile.recoveryMinutes, 0.6) * MINUTE;
    const how = random.next();
    let over = opened + lasts;
    if (how < profile.rolledBack) {
      over = this.#attempt({
        at: opened + lasts * 0.7,
        revision: this.#live.at(-2)!,
        changes: [],
        status: 'success',
      }).at;
    } else if (how < profile.rolledBack + profile.hotfixed) {
      over = this.#attempt({
        at: opened + lasts * 0.8,
        ...this.#hotfix(opened + lasts * 0.5),
        status: 'success',
        remediates: id,
      }).at;
    }
    const resolved = over + random.between(1, 6) * MINUTE;
    this.#events.incidents.push({
      kind: 'incident',
      id: this.#id('incident', this.#events.incidents.length + 1),
      source: this.#source,
      services: [this.#service],
      status: 'resolved',
      openedAt: iso(opened),
      resolvedAt: iso(resolved),
      // Some alerts name what they are about, others only when they began.
      revision: random.chance(0.5) ? revision : undefined,
      severity: random.pick(['critical', 'major', 'minor']),
      title: random.pick(profile.symptoms),
    });
    return resolved;
  }

  #attempt(options: {
    at: number;
    revision: string;
    changes: readonly ChangeInput[];
    status: 'success' | 'failure';
    rolloutId?: string;
    remediates?: string;
  }): { id: string; at: number } {
    const { at, remediates, status } = options;
    const finished = at + this.#random.between(3, 11) * MINUTE;
    const id = this.#id('deployment', this.#events.deployments.length + 1);
    this.#events.deployments.push({
      kind: 'deployment',
      id,
      source: this.#source,
      service: this.#service,
      environment: 'production',
      status,
      revision: options.revision,
      startedAt: iso(at),
      finishedAt: iso(finished),
      rolloutId: options.rolloutId,
      hotfix: remediates ? true : undefined,
      remediates: remediates ? { deployment: remediates } : undefined,
      changes: options.changes,
    });
    if (status === 'success') this.#live.push(options.revision);
    return { id, at: finished };
  }

  #commits(at: number, head?: string): ChangeInput[] {
    const random = this.#random;
    const { commits, leadHours, leadTrend } = this.#profile;
    const age = Math.max(0, 1 - (at - this.#since) / (180 * DAY));
    const median = leadHours * (1 + (leadTrend - 1) * age) * HOUR;
    const dates = Array.from(
      { length: random.whole(...commits) },
      () => at - Math.max(random.skewed(median, 0.9), 12 * MINUTE),
    ).sort((a, b) => a - b);
    this.#pullRequest += 1;
    return dates.map((date, index) =>
      this.#commit(date, index === dates.length - 1 ? head : undefined),
    );
  }

  #hotfix(at: number) {
    this.#pullRequest += 1;
    const change = this.#commit(at);
    return { revision: change.sha, changes: [change] };
  }

  #commit(date: number, sha = this.#random.hex(40)): ChangeInput {
    const parents = this.#head ? [this.#head] : [];
    this.#head = sha;
    return {
      sha,
      committedAt: iso(date),
      pullRequest: this.#pullRequest,
      parents,
    };
  }

  get #service(): string {
    return `component:default/${this.#profile.service}`;
  }

  #id(kind: string, number: number): string {
    return `sample-${this.#profile.service}-${kind}-${number}`;
  }
}

function iso(milliseconds: number): string {
  return new Date(Math.round(milliseconds / 1000) * 1000).toISOString();
}
