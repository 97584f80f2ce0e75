import { useEffect } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import {
  Alert,
  Card,
  CardBody,
  CardHeader,
  Skeleton,
  Text,
} from '@backstage/ui';
import { platformApiRef } from '../../api';
import { LoadFailure } from '../../components';
import { useLoad } from '../../hooks';
import { dryRunService, type ServiceForm } from '../../requests';
import { readForm, readTexts } from '../fieldProps';
import styles from './Plan.module.css';
import { planSentences } from './planSentences';

/**
 * Says what will be made and asks the platform whether it may be.
 *
 * The sentences are the field's value, so that the review step shows them.
 * @internal
 */
export function Plan(props: FieldExtensionComponentProps<string[], unknown>) {
  const { formData, onChange } = props;
  const { label, error } = readTexts(props);
  const form = readForm(props);
  const { result, retry } = usePlan(form);

  const sentences =
    result.state === 'ready' ? result.value.sentences : undefined;
  const written = JSON.stringify(formData);
  useEffect(() => {
    if (sentences && JSON.stringify(sentences) !== written) {
      onChange([...sentences]);
    }
  }, [sentences, written, onChange]);

  return (
    <Card className={styles.card}>
      <CardHeader>
        <Text as="h3" variant="title-x-small">
          {label}
        </Text>
      </CardHeader>
      <CardBody>
        <div aria-live="polite" aria-busy={result.state === 'loading'}>
          {result.state === 'loading' && <Skeleton width="100%" height={80} />}
          {result.state === 'failed' && (
            <LoadFailure
              title="The platform could not be asked"
              error={result.error}
              onRetry={retry}
            />
          )}
          {result.state === 'ready' && (
            <>
              <ul className={styles.list}>
                {result.value.sentences.map(sentence => (
                  <li key={sentence}>
                    <Text>{sentence}</Text>
                  </li>
                ))}
              </ul>
              {result.value.refusals.map(refusal => (
                <Alert
                  key={refusal}
                  status="danger"
                  icon
                  mt="3"
                  description={refusal}
                />
              ))}
              {result.value.notes.map(note => (
                <Text
                  key={note}
                  as="p"
                  variant="body-small"
                  color="secondary"
                  className={styles.note}
                >
                  {note}
                </Text>
              ))}
            </>
          )}
          {error && result.state !== 'ready' && (
            <Text color="danger">{error}</Text>
          )}
        </div>
      </CardBody>
    </Card>
  );
}

function usePlan(form: ServiceForm) {
  const api = useApi(platformApiRef);
  return useLoad(JSON.stringify(form), async () => {
    const [offerings, verdict] = await Promise.all([
      api.getOfferings(),
      dryRunService(api, form),
    ]);
    return { ...verdict, sentences: planSentences(form, offerings) };
  });
}
