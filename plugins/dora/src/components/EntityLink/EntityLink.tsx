import { parseEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { Link } from '@backstage/ui';
import { entityName } from '../../format';

/** An entity by its name, which leads to its metrics. @internal */
export function EntityLink(props: { readonly entityRef: string }) {
  const { entityRef } = props;
  const route = useRouteRef(entityRouteRef);
  if (!route) return <>{entityName(entityRef)}</>;
  const { kind, namespace, name } = parseEntityRef(entityRef);
  return (
    <Link href={`${route({ kind, namespace, name })}/dora`}>
      {entityName(entityRef)}
    </Link>
  );
}
