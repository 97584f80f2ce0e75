import type { EngineOptions } from '@waymark/plugin-dora-common';
import type { Knex } from 'knex';
import type { DerivationService, TouchedService } from './DerivationService';
import { deriveExcerpt, type Derived } from './deriveExcerpt';
import { FactWriter } from './FactWriter';
import type { Job } from './Job';
import { planJobs } from './planJobs';
import { reachBack, type TooLate } from './reachBack';
import { readExcerpts } from './readExcerpts';
import { wantChanges } from './wantChanges';
import { withLookups } from './withLookups';

/**
 * Derives facts from as little of a history as they rest on. Each round reads
 * the stretches that jobs need, derives them, and where one turns out to
 * reach further back, tries again from there.
 * @internal
 */
export class DatabaseDerivationService implements DerivationService {
  constructor(private readonly options: EngineOptions) {}

  async rederive(
    trx: Knex.Transaction,
    touched: readonly TouchedService[],
  ): Promise<void> {
    if (touched.length === 0) return;
    await withLookups(trx, () => this.derive(trx, touched));
  }

  private async derive(
    trx: Knex.Transaction,
    touched: readonly TouchedService[],
  ): Promise<void> {
    const derived = new Map<string, Derived>();
    let open: readonly Job[] = await planJobs(trx, touched);
    while (open.length > 0) {
      const round = await this.deriveRound(trx, open);
      for (const each of round.settled) {
        derived.set(keyOf(each.excerpt.job), each);
      }
      open = round.open;
      if (open.length === 0) {
        const stale = await wantChanges(trx, [...derived.values()]);
        open = [...derived.values()]
          .map(({ excerpt }) => excerpt.job)
          .filter(({ serviceId }) => stale.has(serviceId));
      }
    }
    await new FactWriter(trx).write([...derived.values()]);
  }

  async expire(trx: Knex.Transaction, before: Date): Promise<void> {
    await trx('facts').where('finished_at', '<', before).delete();
    await trx('incident_facts').where('opened_at', '<', before).delete();
  }

  private async deriveRound(trx: Knex.Transaction, jobs: readonly Job[]) {
    const settled: Derived[] = [];
    const late: TooLate[] = [];
    const read = await readExcerpts(trx, jobs);
    read.forEach((each, n) => {
      if ('start' in each) {
        late.push({ job: { ...jobs[n], start: each.start }, units: 0 });
        return;
      }
      const derived = deriveExcerpt(each.excerpt, this.options);
      const { job } = each.excerpt;
      const units = derived.facts.length;
      if (derived.start < job.start) {
        late.push({ job: { ...job, start: derived.start }, units });
      } else settled.push(derived);
    });
    const open = await reachBack(trx, late);
    return { settled, open };
  }
}

function keyOf({ serviceId, view }: Job): string {
  return `${serviceId} ${view}`;
}
