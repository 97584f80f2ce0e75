import { useApi } from '@backstage/frontend-plugin-api';
import { Link, Select, Skeleton } from '@backstage/ui';
import { useNavigate, useParams } from 'react-router-dom';
import { gitApiRef, type Repository } from '../../api';
import { useLinks, useLoad } from '../../hooks';
import { FileView } from '../FileView';
import { FolderView } from '../FolderView';
import { LoadFailure } from '../LoadFailure';
import { Aside } from './Aside';
import styles from './RepositoryPage.module.css';

/** Files of a repository at a branch, tag or commit. @internal */
export function CodeView({ repository }: { readonly repository: Repository }) {
  const { ref = repository.defaultBranch, '*': rest = '', kind } = useParams();
  const path = kind ? rest.replace(/\/+$/, '') : '';
  const api = useApi(gitApiRef);
  const { owner, name } = repository;
  const { state, retry } = useLoad(
    signal => api.getContents({ owner, name }, { ref, path }, { signal }),
    [api, owner, name, ref, path],
  );
  return (
    <div className={path ? styles.main : styles.columns}>
      <div className={styles.main}>
        <div className={styles.bar}>
          <BranchSelect repository={repository} current={ref} path={path} />
          <PathTrail repository={repository} current={ref} path={path} />
        </div>
        {state.status === 'loading' && <Skeleton width="100%" height={240} />}
        {state.status === 'error' && (
          <LoadFailure
            title="These files could not be loaded"
            error={state.error}
            onRetry={retry}
          />
        )}
        {state.status === 'ready' &&
          (state.value.type === 'dir' ? (
            <FolderView
              repository={repository}
              current={ref}
              folder={state.value}
            />
          ) : (
            <FileView
              repository={repository}
              current={ref}
              file={state.value}
            />
          ))}
      </div>
      {!path && <Aside repository={repository} current={ref} />}
    </div>
  );
}

function BranchSelect(props: {
  readonly repository: Repository;
  readonly current: string;
  readonly path: string;
}) {
  const links = useLinks();
  const navigate = useNavigate();
  const names = props.repository.branches.map(branch => branch.name);
  const options = names.includes(props.current)
    ? names
    : [props.current, ...names];
  return (
    <Select
      aria-label="Branch"
      size="small"
      className={styles.branch}
      options={options.map(name => ({
        value: name,
        label: /^[0-9a-f]{40}$/.test(name) ? name.slice(0, 10) : name,
      }))}
      value={props.current}
      onChange={value =>
        navigate(links.source(props.repository, String(value), props.path))
      }
    />
  );
}

function PathTrail(props: {
  readonly repository: Repository;
  readonly current: string;
  readonly path: string;
}) {
  const links = useLinks();
  const parts = props.path.split('/').filter(Boolean);
  if (parts.length === 0) {
    return null;
  }
  return (
    <nav aria-label="Path">
      <ol className={styles.path}>
        <li>
          <Link href={links.source(props.repository, props.current, '')}>
            {props.repository.name}
          </Link>
        </li>
        {parts.map((part, index) => (
          <li
            key={parts.slice(0, index + 1).join('/')}
            aria-current={index === parts.length - 1 ? 'page' : undefined}
          >
            {index === parts.length - 1 ? (
              part
            ) : (
              <Link
                href={links.source(
                  props.repository,
                  props.current,
                  parts.slice(0, index + 1).join('/'),
                )}
              >
                {part}
              </Link>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
