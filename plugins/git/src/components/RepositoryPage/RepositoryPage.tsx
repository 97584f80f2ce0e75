import { useApi } from '@backstage/frontend-plugin-api';
import { Container, Header, Link, Skeleton } from '@backstage/ui';
import { Route, Routes, useLocation, useParams } from 'react-router-dom';
import { gitApiRef, type Repository, type RepositoryName } from '../../api';
import { type Links, useLinks, useLoad } from '../../hooks';
import { CommitList } from '../CommitList';
import { CommitPage } from '../CommitPage';
import { ComparePage } from '../ComparePage';
import { LoadFailure } from '../LoadFailure';
import { CodeView } from './CodeView';
import { EmptyRepository } from './EmptyRepository';
import styles from './RepositoryPage.module.css';

/** One repository: files, commits and comparison. @internal */
export function RepositoryPage() {
  const { owner = '', name = '' } = useParams();
  const api = useApi(gitApiRef);
  const links = useLinks();
  const { state, retry } = useLoad(
    signal => api.getRepository({ owner, name }, { signal }),
    [api, owner, name],
  );
  const repository = state.status === 'ready' ? state.value : undefined;
  return (
    <>
      <Header
        title={name}
        description={repository?.description}
        breadcrumbs={[{ label: 'Repositories', href: links.list() }]}
        metadata={[
          {
            label: 'Owner',
            value: (
              <Link href={`/catalog/default/group/${owner}`}>{owner}</Link>
            ),
          },
        ]}
        tabs={
          repository && repository.branches.length > 0
            ? tabs(links, repository)
            : undefined
        }
        activeTabId={useActiveTab()}
      />
      <Container className={styles.page}>
        {state.status === 'loading' && <Skeleton width="100%" height={240} />}
        {state.status === 'error' && (
          <LoadFailure
            title={`${owner}/${name} could not be loaded`}
            error={state.error}
            onRetry={retry}
          />
        )}
        {repository &&
          (repository.branches.length === 0 ? (
            <EmptyRepository repository={repository} />
          ) : (
            <RepositoryRoutes repository={repository} />
          ))}
      </Container>
    </>
  );
}

function RepositoryRoutes({ repository }: { readonly repository: Repository }) {
  const code = <CodeView repository={repository} />;
  return (
    <Routes>
      <Route path="/" element={code} />
      <Route path="/src/:kind/:ref/*" element={code} />
      <Route path="/commits" element={<CommitList repository={repository} />} />
      <Route
        path="/commit/:sha"
        element={<CommitPage repository={repository} />}
      />
      <Route
        path="/compare"
        element={<ComparePage repository={repository} />}
      />
      <Route path="*" element={code} />
    </Routes>
  );
}

function useActiveTab(): string {
  const { pathname } = useLocation();
  const { '*': rest = '' } = useParams();
  const [section] = (rest || pathname.split('/').slice(4).join('/')).split('/');
  if (section === 'commits' || section === 'commit') return 'commits';
  return section === 'compare' ? 'compare' : 'files';
}

function tabs(
  links: Links,
  repository: RepositoryName & { readonly defaultBranch: string },
) {
  return [
    { id: 'files', label: 'Files', href: links.repository(repository) },
    {
      id: 'commits',
      label: 'Commits',
      href: links.commits(repository, repository.defaultBranch),
    },
    {
      id: 'compare',
      label: 'Compare',
      href: links.compare(repository, repository.defaultBranch, ''),
    },
  ];
}
