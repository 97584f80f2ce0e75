import { useRouteRef } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { ButtonLink, Container, Header } from '@backstage/ui';
import { RiInboxLine } from '@remixicon/react';
import { doraInboxReadPermission } from '@waymark/plugin-dora-common';
import { rootRouteRef } from '../../routes';
import { ORGANISATION } from '../../scope';
import { Dashboard } from '../Dashboard';

/** The metrics of everything that the backend has heard of. @internal */
export function OrganisationPage() {
  const root = useRouteRef(rootRouteRef)?.() ?? '/dora';
  const { allowed } = usePermission({ permission: doraInboxReadPermission });
  return (
    <>
      <Header
        title="DORA metrics"
        description="Software delivery of the whole organisation: all services, from the deployments and incidents that were told of."
        customActions={
          allowed ? (
            <ButtonLink
              href={`${root}/inbox`}
              variant="secondary"
              iconStart={<RiInboxLine />}
            >
              Inbox
            </ButtonLink>
          ) : undefined
        }
      />
      <main>
        <Container>
          <Dashboard scope={ORGANISATION} />
        </Container>
      </main>
    </>
  );
}
