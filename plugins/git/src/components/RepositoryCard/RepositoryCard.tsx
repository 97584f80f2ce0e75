import { useApi } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import {
  Card,
  CardBody,
  CardHeader,
  Link,
  Skeleton,
  Text,
} from '@backstage/ui';
import { gitApiRef, type RepositoryName } from '../../api';
import { useLinks, useLoad } from '../../hooks';
import { CommitLine } from '../CommitList';
import { CopyField } from '../CopyField';
import { LoadFailure } from '../LoadFailure';
import styles from './RepositoryCard.module.css';
import { repositoryOf } from './repositoryOf';

/** On an entity's page: where its source is, and its latest commit. @internal */
export function RepositoryCard() {
  const { entity } = useEntity();
  const repository = repositoryOf(entity);
  return repository ? <Content repository={repository} /> : null;
}

function Content({ repository }: { readonly repository: RepositoryName }) {
  const { owner, name } = repository;
  const api = useApi(gitApiRef);
  const links = useLinks();
  const { state, retry } = useLoad(
    signal => api.getRepository({ owner, name }, { signal }),
    [api, owner, name],
  );
  return (
    <Card>
      <CardHeader>
        <Text as="h2" variant="title-x-small">
          Repository
        </Text>
      </CardHeader>
      <CardBody>
        <div className={styles.body}>
          <Link href={links.repository(repository)}>
            {owner}/{name}
          </Link>
          {state.status === 'loading' && <Skeleton width="100%" height={64} />}
          {state.status === 'error' && (
            <LoadFailure
              title="The repository could not be loaded"
              error={state.error}
              onRetry={retry}
            />
          )}
          {state.status === 'ready' && (
            <>
              <CopyField label="clone URL" text={state.value.cloneUrl} />
              {state.value.latestCommit ? (
                <CommitLine
                  repository={repository}
                  commit={state.value.latestCommit}
                />
              ) : (
                <Text as="p" color="secondary">
                  Nothing has been pushed yet.
                </Text>
              )}
            </>
          )}
        </div>
      </CardBody>
    </Card>
  );
}
