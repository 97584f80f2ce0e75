import { coreExtensionData } from '@backstage/frontend-plugin-api';
import kubernetesPlugin from '@backstage/plugin-kubernetes/alpha';
import { KubernetesTab } from './KubernetesTab';

/**
 * Kubernetes: the stock tab under a notice that says what a local cluster is not.
 *
 * @internal
 */
export const kubernetes = kubernetesPlugin.withOverrides({
  extensions: [
    kubernetesPlugin
      .getExtension('entity-content:kubernetes/kubernetes')
      .override({
        factory(originalFactory, { config }) {
          const output = originalFactory({
            config: { ...config, group: false },
          });
          return [
            ...output,
            coreExtensionData.reactElement(
              <KubernetesTab>
                {output.get(coreExtensionData.reactElement)}
              </KubernetesTab>,
            ),
          ];
        },
      }),
  ],
});
