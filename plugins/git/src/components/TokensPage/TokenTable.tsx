import { useApi } from '@backstage/frontend-plugin-api';
import {
  Alert,
  Button,
  Cell,
  CellText,
  type ColumnConfig,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Table,
  Text,
} from '@backstage/ui';
import { useState } from 'react';
import { type AccessToken, gitApiRef } from '../../api';
import { Ago } from '../Ago';
import styles from './TokensPage.module.css';

/** A person's access tokens, each with a way to revoke it. @internal */
export function TokenTable(props: {
  readonly tokens: readonly AccessToken[];
  readonly onRevoked: (id: string) => void;
}) {
  const [chosen, setChosen] = useState<AccessToken>();
  return (
    <>
      <div className={styles.table}>
        <Table
          columnConfig={columns(setChosen)}
          data={[...props.tokens]}
          pagination={{ type: 'none' }}
          emptyState={
            <Text as="p" color="secondary">
              You have no access token. Create one to clone or push.
            </Text>
          }
        />
      </div>
      {chosen && (
        <RevokeDialog
          token={chosen}
          onClose={() => setChosen(undefined)}
          onRevoked={() => {
            setChosen(undefined);
            props.onRevoked(chosen.id);
          }}
        />
      )}
    </>
  );
}

function RevokeDialog(props: {
  readonly token: AccessToken;
  readonly onClose: () => void;
  readonly onRevoked: () => void;
}) {
  const api = useApi(gitApiRef);
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<string>();
  const revoke = async () => {
    setPending(true);
    setFailure(undefined);
    try {
      await api.revokeToken(props.token.id);
      props.onRevoked();
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
      setPending(false);
    }
  };
  return (
    <Dialog isOpen isDismissable onOpenChange={props.onClose}>
      <DialogHeader>Revoke "{props.token.name}"?</DialogHeader>
      <DialogBody>
        <Text as="p">
          Whatever uses this access token can no longer clone, fetch or push.
          This cannot be undone.
        </Text>
        {failure && (
          <Alert
            role="alert"
            status="danger"
            icon
            title="It was not revoked"
            description={failure}
          />
        )}
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={props.onClose}>
          Keep it
        </Button>
        <Button
          variant="primary"
          destructive
          isPending={pending}
          onPress={revoke}
        >
          Revoke
        </Button>
      </DialogFooter>
    </Dialog>
  );
}

function columns(
  onRevoke: (token: AccessToken) => void,
): ColumnConfig<AccessToken>[] {
  return [
    {
      id: 'name',
      label: 'Name',
      isRowHeader: true,
      cell: token => (
        <CellText title={token.name} description={`${token.prefix}...`} />
      ),
    },
    {
      id: 'created',
      label: 'Created',
      cell: token => (
        <Cell>
          <Ago instant={token.createdAt} />
        </Cell>
      ),
    },
    {
      id: 'used',
      label: 'Last used',
      cell: token => (
        <Cell>
          {token.lastUsedAt ? <Ago instant={token.lastUsedAt} /> : 'Never'}
        </Cell>
      ),
    },
    {
      id: 'expires',
      label: 'Expires',
      cell: token => (
        <Cell>
          {Date.parse(token.expiresAt) <= Date.now() ? (
            <Text color="danger">
              Expired <Ago instant={token.expiresAt} />
            </Text>
          ) : (
            <Ago instant={token.expiresAt} />
          )}
        </Cell>
      ),
    },
    {
      id: 'actions',
      label: 'Actions',
      cell: token => (
        <Cell>
          <Button
            size="small"
            variant="secondary"
            aria-label={`Revoke ${token.name}`}
            onPress={() => onRevoke(token)}
          >
            Revoke
          </Button>
        </Cell>
      ),
    },
  ];
}
