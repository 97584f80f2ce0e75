import { ButtonLink, Container, Flex, Text } from '@backstage/ui';
import styles from './errors.module.css';

/**
 * Says that nothing is here, and where to go on.
 *
 * @internal
 */
export function NotFoundPage() {
  return (
    <main className={styles.page}>
      <Container>
        <Flex direction="column" gap="4" align="start">
          <Text as="h1" variant="title-medium" weight="bold">
            There is no page here
          </Text>
          <Text variant="body-large" color="secondary">
            The address may be mistyped, or what it showed has been removed.
          </Text>
          <Flex gap="3">
            <ButtonLink href="/" variant="primary">
              Go to the home page
            </ButtonLink>
            <ButtonLink href="/search" variant="secondary">
              Search
            </ButtonLink>
          </Flex>
        </Flex>
      </Container>
    </main>
  );
}
