import { useEffect, useMemo } from 'react';
import type { MetricsQuery } from '../../api';
import { useDora, useLoad, useNow } from '../../hooks';
import type { Scope } from '../../scope';
import {
  browserTimezone,
  intervalFor,
  resolvePeriod,
  type View,
} from '../../view';

const LOOK_AGAIN_MS = 5_000;

/** What a view asks for, and the answer. @internal */
export function useMetrics(
  scope: Scope,
  view: View,
  isEmpty: (answer: Awaited<ReturnType<Api['getMetrics']>>) => boolean,
) {
  const api = useDora();
  const { now, renew } = useNow();
  const timezone = view.timezone ?? browserTimezone();
  const { period, interval, environment } = view;
  const periodKey = JSON.stringify(period);
  const query = useMemo<MetricsQuery>(() => {
    const { from, to, days } = resolvePeriod(JSON.parse(periodKey), {
      now,
      timezone,
    });
    return {
      ...{ scope, environment, from, to, timezone },
      interval: interval ?? intervalFor(days),
    };
  }, [scope, environment, interval, timezone, periodKey, now]);
  const { result, refresh } = useLoad(JSON.stringify(query), signal =>
    api.getMetrics(query, signal),
  );
  const empty = result.state === 'ready' && isEmpty(result.value);
  useEffect(() => {
    if (!empty) return undefined;
    const timer = setInterval(renew, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [empty, renew]);
  return { query, result, empty, refresh, renew };
}

type Api = ReturnType<typeof useDora>;
