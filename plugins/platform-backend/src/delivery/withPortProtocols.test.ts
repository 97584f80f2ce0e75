import type { KubernetesObject } from '@waymark/plugin-platform-common';
import { withPortProtocols } from './withPortProtocols';

describe('withPortProtocols', () => {
  it('writes TCP where a port of a Service names no protocol', () => {
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'a' },
      spec: { ports: [{ port: 80 }, { port: 53, protocol: 'UDP' }] },
    } as KubernetesObject;
    expect(withPortProtocols(service).spec).toEqual({
      ports: [
        { port: 80, protocol: 'TCP' },
        { port: 53, protocol: 'UDP' },
      ],
    });
  });

  it('does so for the containers of a workload and of a pod', () => {
    const spec = { containers: [{ name: 'a', ports: [{ containerPort: 1 }] }] };
    const expected = {
      containers: [
        { name: 'a', ports: [{ containerPort: 1, protocol: 'TCP' }] },
      ],
    };
    const metadata = { name: 'a' };
    expect(
      withPortProtocols({
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata,
        spec: { template: { spec } },
      } as KubernetesObject).spec,
    ).toEqual({ template: { spec: expected } });
    expect(
      withPortProtocols({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata,
        spec,
      } as KubernetesObject).spec,
    ).toEqual(expected);
  });

  it('leaves everything else as it is', () => {
    const config = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'a' },
    } as KubernetesObject;
    expect(withPortProtocols(config)).toEqual(config);
  });
});
