import { ConfigMap } from 'kubernetes-models/v1';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { argoCdSync } from './__fixtures__/argocd';
import { webhookSourceIds } from './types';

const file = resolve(
  __dirname,
  '../../../../infrastructure/argocd/notifications.yaml',
);
const manifest = parse(readFileSync(file, 'utf8'));
const data: Record<string, string> = manifest.data;

interface Condition {
  readonly when: string;
  readonly oncePer: string;
  readonly send: readonly string[];
}

describe('infrastructure/argocd/notifications.yaml', () => {
  const triggers = Object.keys(data)
    .filter(key => key.startsWith('trigger.'))
    .map(key => [key, parse(data[key]) as Condition[]] as const);

  it('is a ConfigMap for Argo CD', () => {
    expect(() => new ConfigMap(manifest).validate()).not.toThrow();
    expect(manifest.metadata).toEqual({
      name: 'argocd-notifications-cm',
      namespace: 'argocd',
    });
  });

  it('announces each operation once, also a rollback to a revision announced before', () => {
    expect(triggers.map(([key]) => key)).toEqual([
      'trigger.waymark-on-deployed',
      'trigger.waymark-on-failed',
    ]);
    for (const condition of triggers.flatMap(([, conditions]) => conditions)) {
      expect(condition.oncePer).toBe('app.status.operationState.finishedAt');
      expect(condition.send).toEqual(['waymark-deployment']);
      expect(data).toHaveProperty([`template.${condition.send[0]}`]);
    }
  });

  it('sends to the webhook of Argo CD with a token that is not in the file', () => {
    expect(parse(data['service.webhook.waymark'])).toEqual({
      url: '$waymark-url',
      headers: [
        { name: 'Content-Type', value: 'application/json' },
        { name: 'Authorization', value: 'Bearer $waymark-token' },
      ],
    });
    const { webhook } = parse(data['template.waymark-deployment']);
    expect(webhook.waymark).toMatchObject({
      method: 'POST',
      path: '/api/dora/v1/webhooks/argocd',
    });
    expect(webhookSourceIds).toContain('argocd');
  });

  it('sends the fields that the mapper is tested with', () => {
    const { body } = parse(data['template.waymark-deployment']).webhook.waymark;
    const fields = [...body.matchAll(/^\s*"(\w+)": \{\{/gm)].map(
      ([, field]) => field,
    );
    expect(fields).toEqual(Object.keys(argoCdSync));
  });
});
