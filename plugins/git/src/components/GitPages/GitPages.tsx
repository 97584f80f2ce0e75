import { Route, Routes } from 'react-router-dom';
import { RepositoryListPage } from '../RepositoryListPage';
import { RepositoryPage } from '../RepositoryPage';
import { TokensPage } from '../TokensPage';

/** The pages below `/git`. @internal */
export function GitPages() {
  return (
    <Routes>
      <Route path="/" element={<RepositoryListPage />} />
      <Route path="/tokens" element={<TokensPage />} />
      <Route path="/:owner/:name/*" element={<RepositoryPage />} />
    </Routes>
  );
}
