import { Route, Routes } from 'react-router-dom';
import { InboxPage } from '../Inbox';
import { OrganisationPage } from './OrganisationPage';

/** The pages below `/dora`. @internal */
export function DoraPages() {
  return (
    <Routes>
      <Route path="/inbox" element={<InboxPage />} />
      <Route path="/*" element={<OrganisationPage />} />
    </Routes>
  );
}
