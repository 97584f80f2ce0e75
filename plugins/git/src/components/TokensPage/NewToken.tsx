import { useApi } from '@backstage/frontend-plugin-api';
import { Alert, Button, Select, Text, TextField } from '@backstage/ui';
import { type FormEvent, useState } from 'react';
import { type AccessToken, type AccessTokens, gitApiRef } from '../../api';
import styles from './TokensPage.module.css';

const DAY = 86_400;
const CHOICES = [1, 7, 30, 90, 180, 365];

/** The form that makes an access token. @internal */
export function NewToken(props: {
  readonly lifetimes: Pick<AccessTokens, 'defaultLifetime' | 'maxLifetime'>;
  readonly onCreated: (token: AccessToken & { token: string }) => void;
}) {
  const { defaultLifetime, maxLifetime } = props.lifetimes;
  const api = useApi(gitApiRef);
  const [name, setName] = useState('');
  const [lifetime, setLifetime] = useState(defaultLifetime);
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<string>();

  const create = async (event: FormEvent) => {
    event.preventDefault();
    setPending(true);
    setFailure(undefined);
    try {
      const token = await api.createToken({ name: name.trim(), lifetime });
      setName('');
      props.onCreated(token);
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    } finally {
      setPending(false);
    }
  };
  return (
    <form
      className={styles.section}
      aria-labelledby="new-token"
      onSubmit={create}
    >
      <Text as="h2" variant="title-x-small" id="new-token">
        New access token
      </Text>
      <div className={styles.fields}>
        <TextField
          label="Name"
          description="Where you will use it, for example the name of your laptop"
          isRequired
          maxLength={100}
          value={name}
          onChange={setName}
        />
        <Select
          label="Expires"
          description="Git stops accepting it then"
          options={choices(defaultLifetime, maxLifetime)}
          value={String(lifetime)}
          onChange={value => setLifetime(Number(value))}
        />
      </div>
      {failure && (
        <Alert
          role="alert"
          status="danger"
          icon
          title="The access token was not made"
          description={failure}
        />
      )}
      <div>
        <Button
          type="submit"
          variant="primary"
          isDisabled={name.trim() === ''}
          isPending={pending}
        >
          Create access token
        </Button>
      </div>
    </form>
  );
}

function choices(standard: number, longest: number) {
  const seconds = new Set([...CHOICES.map(days => days * DAY), standard]);
  return [...seconds]
    .filter(value => value <= longest)
    .sort((a, b) => a - b)
    .map(value => ({ value: String(value), label: label(value) }));
}

function label(seconds: number): string {
  const days = Math.round(seconds / DAY);
  return days === 1 ? 'In 1 day' : `In ${days} days`;
}
