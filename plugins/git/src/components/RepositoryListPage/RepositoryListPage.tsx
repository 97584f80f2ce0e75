import { useApi } from '@backstage/frontend-plugin-api';
import {
  ButtonLink,
  Cell,
  CellText,
  type ColumnConfig,
  Container,
  Header,
  SearchField,
  Select,
  Table,
  TablePagination,
  Text,
} from '@backstage/ui';
import { RiKey2Line } from '@remixicon/react';
import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { gitApiRef, type RepositorySummary } from '../../api';
import { type Links, useLinks, useLoad } from '../../hooks';
import { Ago } from '../Ago';
import { LoadFailure } from '../LoadFailure';
import styles from './RepositoryListPage.module.css';

const PAGE_SIZE = 25;
const TYPING_PAUSE_MS = 250;
const EVERYBODY = 'all';

type Row = RepositorySummary & { readonly id: string };

/** All repositories, with search and a filter by owner. @internal */
export function RepositoryListPage() {
  const api = useApi(gitApiRef);
  const links = useLinks();
  const [query, setQuery] = useSearchParams();
  const owner = query.get('owner') ?? undefined;
  const search = query.get('q') ?? '';
  const offset = Number(query.get('offset')) || 0;
  const [typed, setTyped] = useState(search);

  const change = (changes: Record<string, string | undefined>) =>
    setQuery(
      old => {
        const next = new URLSearchParams(old);
        for (const [key, value] of Object.entries(changes)) {
          if (value) next.set(key, value);
          else next.delete(key);
        }
        return next;
      },
      { replace: true },
    );
  useEffect(() => {
    if (typed === search) return undefined;
    const timer = setTimeout(
      () => change({ q: typed, offset: undefined }),
      TYPING_PAUSE_MS,
    );
    return () => clearTimeout(timer);
    // Only what is typed starts the pause.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [typed]);

  const { state, retry } = useLoad(
    signal =>
      api.listRepositories(
        { owner, search: search || undefined, limit: PAGE_SIZE, offset },
        { signal },
      ),
    [api, owner, search, offset],
  );
  const found = state.status === 'ready' ? state.value : undefined;
  const owners = found?.owners ?? (owner ? [owner] : []);

  return (
    <>
      <Header
        title="Repositories"
        description="Source code hosted by the portal. Everybody reads; the owning team pushes."
        customActions={
          <ButtonLink
            href={links.tokens()}
            variant="secondary"
            iconStart={<RiKey2Line />}
          >
            Access tokens
          </ButtonLink>
        }
      />
      <Container className={styles.page}>
        <div className={styles.filters} role="search">
          <SearchField
            label="Search repositories"
            placeholder="Name or description"
            value={typed}
            onChange={setTyped}
          />
          <Select
            label="Owner"
            options={[
              { value: EVERYBODY, label: 'All owners' },
              ...owners.map(name => ({ value: name, label: name })),
            ]}
            value={owner ?? EVERYBODY}
            onChange={value =>
              change({
                owner: value === EVERYBODY ? undefined : String(value),
                offset: undefined,
              })
            }
          />
        </div>
        {state.status === 'error' ? (
          <LoadFailure
            title="The repositories could not be loaded"
            error={state.error}
            onRetry={retry}
          />
        ) : (
          <div className={styles.table}>
            <Table
              columnConfig={columns(links)}
              data={found?.items.map(item => ({
                ...item,
                id: `${item.owner}/${item.name}`,
              }))}
              isPending={state.status === 'loading'}
              pagination={{ type: 'none' }}
              emptyState={<Empty filtered={Boolean(search || owner)} />}
            />
          </div>
        )}
        {found && found.totalItems > PAGE_SIZE && (
          <TablePagination
            pageSize={PAGE_SIZE}
            offset={offset}
            totalCount={found.totalItems}
            hasNextPage={offset + PAGE_SIZE < found.totalItems}
            hasPreviousPage={offset > 0}
            onNextPage={() => change({ offset: String(offset + PAGE_SIZE) })}
            onPreviousPage={() =>
              change({ offset: String(Math.max(0, offset - PAGE_SIZE)) })
            }
            showPageSizeOptions={false}
          />
        )}
      </Container>
    </>
  );
}

function Empty({ filtered }: { readonly filtered: boolean }) {
  return (
    <Text as="p" color="secondary">
      {filtered
        ? 'No repository matches. Change the search or the owner.'
        : 'There are no repositories yet. Create a service, and its repository appears here.'}
    </Text>
  );
}

function columns(links: Links): ColumnConfig<Row>[] {
  return [
    {
      id: 'name',
      label: 'Repository',
      isRowHeader: true,
      cell: item => (
        <CellText
          title={item.name}
          description={item.description || undefined}
          href={links.repository(item)}
        />
      ),
    },
    {
      id: 'owner',
      label: 'Owner',
      cell: item => (
        <CellText
          title={item.owner}
          href={`/catalog/default/group/${item.owner}`}
        />
      ),
    },
    {
      id: 'pushed',
      label: 'Last push',
      cell: item => (
        <Cell>
          <Text color={item.pushedAt ? 'primary' : 'secondary'}>
            {item.pushedAt ? <Ago instant={item.pushedAt} /> : 'Nothing yet'}
          </Text>
        </Cell>
      ),
    },
  ];
}
