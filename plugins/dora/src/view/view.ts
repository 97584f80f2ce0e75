import type { Interval } from '@waymark/plugin-dora-common';
import { DateTime } from 'luxon';
import { scopeOfRef } from '../scope';
import { DEFAULT_PRESET, isPreset, type Period, PRESETS } from './period';
import { browserTimezone, isTimezone } from './timezones';

const SECTIONS = ['charts', 'deployments', 'timeline', 'compare'] as const;
const SHOWS = ['all', 'failed', 'rework', 'changes', 'recovery'] as const;
const INTERVALS = ['day', 'week', 'month'] as const;
const LONGEST_DAYS = 3 * 366;

/** How many others can stand beside a scope. @internal */
export const COMPARED_AT_MOST = 5;

/** A part of the page that is shown instead of the others. @internal */
export type Section = (typeof SECTIONS)[number];

/** Which deployments are listed: those of a metric, or all. @internal */
export type Show = (typeof SHOWS)[number];

/** Everything about a page that its address holds. @internal */
export interface View {
  readonly period: Period;
  /** Undefined: as fits the period. */
  readonly interval?: Interval;
  readonly environment?: string;
  /** Undefined: the browser's. */
  readonly timezone?: string;
  readonly section: Section;
  readonly show: Show;
  /** Start of a bucket, ISO 8601. */
  readonly bucket?: string;
  /** Row id of the deployment that is looked into. */
  readonly deployment?: string;
  /** Entity references of what stands beside the scope. */
  readonly compare: readonly string[];
}

/** Reads an address; what is wrong there becomes the default, and a sentence. @internal */
export function parseView(query: URLSearchParams): {
  readonly view: View;
  readonly problems: readonly string[];
} {
  const problems: string[] = [];
  const wrong = (name: string, allowed: string) => {
    problems.push(
      `"${name}" is "${shorten(query.get(name)!)}" in the address; ${allowed}.`,
    );
    return undefined;
  };
  const oneOf = <T extends string>(name: string, allowed: readonly T[]) => {
    const given = query.get(name);
    if (given === null || given === '') return undefined;
    return (
      allowed.find(each => each === given) ??
      wrong(name, `it can be ${allowed.join(', ')}`)
    );
  };
  const text = (
    name: string,
    accepts: (given: string) => boolean,
    allowed: string,
  ) => {
    const given = query.get(name);
    if (given === null || given === '') return undefined;
    return accepts(given) ? given : wrong(name, allowed);
  };
  const compare = (query.get('compare') ?? '').split(',').filter(Boolean);
  const view: View = {
    period: parsePeriod(query, wrong),
    interval: oneOf('interval', INTERVALS),
    environment: text(
      'environment',
      given => given.length <= 100,
      'it is longer than 100 characters',
    ),
    timezone: text(
      'timezone',
      isTimezone,
      'it has to be an IANA time zone such as Europe/Berlin',
    ),
    section: oneOf('section', SECTIONS) ?? 'charts',
    show: oneOf('show', SHOWS) ?? 'all',
    bucket: text(
      'bucket',
      isInstant,
      'it has to be an instant such as 2026-03-02T00:00:00Z',
    ),
    deployment: text(
      'deployment',
      given => /^\d{1,18}$/.test(given),
      'it has to be the number of a deployment',
    ),
    compare:
      compare.length <= COMPARED_AT_MOST &&
      compare.every(ref => scopeOfRef(ref))
        ? compare
        : wrong(
            'compare',
            `it can name up to ${COMPARED_AT_MOST} components, systems or groups such as component:default/checkout`,
          ) ?? [],
  };
  return { view, problems };
}

/** Writes a view into an address, beside what else stands there. @internal */
export function writeView(old: URLSearchParams, view: View): URLSearchParams {
  const { period } = view;
  const next = new URLSearchParams(old);
  const values: Record<string, string | undefined> = {
    period: 'preset' in period ? period.preset : undefined,
    from: 'from' in period ? period.from : undefined,
    to: 'from' in period ? period.to : undefined,
    interval: view.interval,
    environment: view.environment,
    // Written also where it is the reader's own, so that who gets the link sees the same buckets.
    timezone: view.timezone ?? browserTimezone(),
    section: view.section === 'charts' ? undefined : view.section,
    show: view.show === 'all' ? undefined : view.show,
    bucket: view.bucket,
    deployment: view.deployment,
    compare: view.compare.join(',') || undefined,
  };
  for (const [key, value] of Object.entries(values)) {
    if (value) next.set(key, value);
    else next.delete(key);
  }
  return next;
}

/** The interval that a period of so many days is shown in by default, as the API has it. @internal */
export function intervalFor(days: number): Interval {
  if (days <= 31) return 'day';
  return days <= 366 ? 'week' : 'month';
}

function parsePeriod(
  query: URLSearchParams,
  wrong: (name: string, allowed: string) => undefined,
): Period {
  const fallback: Period = { preset: DEFAULT_PRESET };
  const [preset, from, to] = ['period', 'from', 'to'].map(name =>
    query.get(name),
  );
  if (from || to) {
    for (const name of ['from', 'to']) {
      if (!isDay(query.get(name) ?? '')) {
        if (query.get(name))
          wrong(name, 'it has to be a day such as 2026-03-02');
        else
          wrong(
            name === 'from' ? 'to' : 'from',
            `it needs "${name}" beside it`,
          );
        return fallback;
      }
    }
    const days = DateTime.fromISO(to!).diff(DateTime.fromISO(from!)).as('days');
    if (days < 0) {
      wrong('to', 'it has to be the day of "from" or a later one');
      return fallback;
    }
    if (days > LONGEST_DAYS) {
      wrong('from', 'a period can be three years long at most');
      return fallback;
    }
    return { from: from!, to: to! };
  }
  if (preset && !isPreset(preset)) {
    wrong('period', `it can be ${Object.keys(PRESETS).join(', ')}`);
    return fallback;
  }
  return { preset: preset && isPreset(preset) ? preset : DEFAULT_PRESET };
}

function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && DateTime.fromISO(text).isValid;
}

function isInstant(text: string): boolean {
  return text.length < 40 && DateTime.fromISO(text).isValid;
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
