import { parseEntityRef } from '@backstage/catalog-model';
import { MarkdownContent } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import type {
  ScaffolderOutputLink,
  ScaffolderTaskOutput,
} from '@backstage/plugin-scaffolder-react';
import {
  ButtonLink,
  Card,
  CardBody,
  CardHeader,
  Flex,
  Text,
} from '@backstage/ui';
import { Commands } from './Commands';
import { splitCode } from './splitCode';
import styles from './TemplateOutputs.module.css';

/** What a run of a template made: links, and texts whose commands can be copied. @internal */
export function TemplateOutputs(props: {
  readonly output?: ScaffolderTaskOutput;
}) {
  const { output } = props;
  if (!output) {
    return null;
  }
  return (
    <Flex direction="column" gap="4" className={styles.outputs}>
      <OutputLinks links={output.links ?? []} />
      {(output.text ?? []).map(text => (
        <Card key={text.title}>
          <CardHeader>
            <Text as="h2" variant="title-small">
              {text.title}
            </Text>
          </CardHeader>
          <CardBody>
            {splitCode(text.content ?? '').map(part =>
              part.type === 'code' ? (
                <Commands key={part.text} text={part.text} />
              ) : (
                <MarkdownContent
                  key={part.text}
                  className={styles.prose}
                  content={part.text}
                />
              ),
            )}
          </CardBody>
        </Card>
      ))}
    </Flex>
  );
}

function OutputLinks(props: {
  readonly links: readonly ScaffolderOutputLink[];
}) {
  const entityPath = useRouteRef(entityRouteRef);
  const links = props.links.flatMap(({ title, url, entityRef }) => {
    const href =
      url ?? (entityRef && entityPath?.(parseEntityRef(entityRef) as never));
    return href ? [{ title: title ?? href, href }] : [];
  });
  return (
    <Flex gap="2" className={styles.links}>
      {links.map((link, index) => (
        <ButtonLink
          key={link.href}
          href={link.href}
          // An absolute address is not a page of the portal.
          target={URL.canParse(link.href) ? '_blank' : undefined}
          rel="noopener"
          variant={index === 0 ? 'primary' : 'secondary'}
        >
          {link.title}
        </ButtonLink>
      ))}
    </Flex>
  );
}
