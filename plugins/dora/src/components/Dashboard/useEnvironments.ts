import { useDora, useLoad } from '../../hooks';
import type { Scope } from '../../scope';

const NONE: readonly string[] = [];

const LOOKED_AT = 200;
const YEAR_MS = 365 * 86_400_000;

/** The environments of the latest deployments. @internal */
export function useEnvironments(scope: Scope, to: string): readonly string[] {
  const api = useDora();
  const day = to.slice(0, 10);
  const { result } = useLoad(
    `environments ${JSON.stringify(scope)} ${day}`,
    async signal => {
      const from = new Date(Date.parse(to) - YEAR_MS).toISOString();
      const { items } = await api.getDeployments(
        { scope, from, to, limit: LOOKED_AT },
        signal,
      );
      return [...new Set(items.map(({ environment }) => environment))];
    },
  );
  return result.state === 'ready' ? result.value : NONE;
}
