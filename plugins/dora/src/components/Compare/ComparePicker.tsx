import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { Combobox, Select, useAsyncList } from '@backstage/ui';
import { useState } from 'react';
import styles from './Compare.module.css';

const PAGE_SIZE = 30;
const KINDS = [
  { value: 'Component', label: 'Service' },
  { value: 'System', label: 'System' },
  { value: 'Group', label: 'Team' },
];

/** Finds entities in a catalog of any size, a page at a time. @internal */
export function ComparePicker(props: {
  /** Entity references that cannot be picked. */
  readonly taken: readonly string[];
  readonly isFull: boolean;
  readonly onPick: (ref: string) => void;
}) {
  const { taken, isFull, onPick } = props;
  const [kind, setKind] = useState('Component');
  return (
    <div className={styles.picker}>
      <Select
        className={styles.kind}
        label="Compare with a"
        options={KINDS}
        value={kind}
        onChange={value => setKind(String(value))}
      />
      <Search
        key={`${kind} ${taken.join()}`}
        kind={kind}
        taken={taken}
        isFull={isFull}
        onPick={onPick}
      />
    </div>
  );
}

function Search(props: {
  readonly kind: string;
  readonly taken: readonly string[];
  readonly isFull: boolean;
  readonly onPick: (ref: string) => void;
}) {
  const { kind, taken, isFull, onPick } = props;
  const catalog = useApi(catalogApiRef);
  const list = useAsyncList<{
    id: string;
    label: string;
    description?: string;
  }>({
    async load({ cursor, filterText }) {
      const page = await catalog.queryEntities(
        cursor
          ? { cursor, limit: PAGE_SIZE }
          : {
              filter: { kind },
              fields: ['kind', 'metadata'],
              fullTextFilter: filterText
                ? {
                    term: filterText,
                    fields: ['metadata.name', 'metadata.title'],
                  }
                : undefined,
              orderFields: { field: 'metadata.name', order: 'asc' },
              limit: PAGE_SIZE,
            },
      );
      return {
        cursor: page.pageInfo.nextCursor,
        items: page.items
          .map(entity => ({
            id: stringifyEntityRef(entity),
            label: entity.metadata.title ?? entity.metadata.name,
            description:
              entity.metadata.namespace === 'default'
                ? undefined
                : entity.metadata.namespace,
          }))
          .filter(({ id }) => !taken.includes(id)),
      };
    },
  });
  return (
    <Combobox
      className={styles.search}
      label="Name"
      placeholder={isFull ? 'Remove one to add another' : 'Search by name'}
      isDisabled={isFull}
      options={list}
      search={{ mode: 'server' }}
      onChange={picked => picked && onPick(picked.id)}
    />
  );
}
