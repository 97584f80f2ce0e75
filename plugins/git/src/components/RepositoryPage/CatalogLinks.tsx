import {
  ANNOTATION_SOURCE_LOCATION,
  type Entity,
} from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { Link, Skeleton, Text } from '@backstage/ui';
import type { Repository } from '../../api';
import { useLoad } from '../../hooks';
import { LoadFailure } from '../LoadFailure';
import styles from './RepositoryPage.module.css';

const KINDS = ['Component', 'API', 'Resource', 'System', 'Template'];

/** Entities of the catalog whose source is this repository, and its owner. @internal */
export function CatalogLinks(props: { readonly repository: Repository }) {
  const { owner, name, cloneUrl } = props.repository;
  const catalog = useApi(catalogApiRef);
  const { state, retry } = useLoad(async () => {
    const { items } = await catalog.getEntities({
      filter: KINDS.map(kind => ({ kind, 'metadata.name': name })),
      fields: ['kind', 'metadata'],
    });
    const source = `url:${cloneUrl.replace(/\.git$/, '')}/`;
    return items.filter(entity =>
      entity.metadata.annotations?.[ANNOTATION_SOURCE_LOCATION]?.startsWith(
        source,
      ),
    );
  }, [catalog, name, cloneUrl]);
  return (
    <section className={styles.section} aria-labelledby="catalog">
      <Text as="h2" variant="title-x-small" id="catalog">
        In the catalog
      </Text>
      {state.status === 'loading' && <Skeleton width="100%" height={20} />}
      {state.status === 'error' && (
        <LoadFailure
          title="The catalog could not be asked"
          error={state.error}
          onRetry={retry}
        />
      )}
      {state.status === 'ready' &&
        state.value.map(entity => (
          <Link key={href(entity)} href={href(entity)}>
            {entity.kind}: {entity.metadata.title ?? entity.metadata.name}
          </Link>
        ))}
      <Link href={`/catalog/default/group/${owner}`}>Group: {owner}</Link>
    </section>
  );
}

function href({ kind, metadata }: Entity): string {
  return `/catalog/${metadata.namespace ?? 'default'}/${kind.toLocaleLowerCase(
    'en-US',
  )}/${metadata.name}`;
}
