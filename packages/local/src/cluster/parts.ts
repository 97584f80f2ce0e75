import { join } from 'node:path';
import type { Binaries } from './findBinaries';
import type { ClusterIdentity } from './identity';
import { clusterPaths } from './paths';

/** One process of the control plane. @internal */
export interface Part {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Files in `cwd` that a killed process leaves, and that keep the next one from starting. */
  readonly sockets?: readonly string[];
  /** Ends after the others. */
  readonly last?: boolean;
}

/** The five parts, in the order in which they start. @internal */
export interface ControlPlane {
  readonly etcd: Part;
  readonly apiServer: Part;
  readonly controllerManager: Part;
  readonly scheduler: Part;
  readonly node: Part;
}

/** A socket in the working directory, with the port that etcd insists on in its name. @internal */
export const ETCD_SOCKET = 'etcd:0';
const ETCD_PEER_SOCKET = 'peer:0';
const ETCD = `unix://${ETCD_SOCKET}`;
const ETCD_PEER = `unix://${ETCD_PEER_SOCKET}`;
/** The name of the hollow node. @internal */
export const NODE_NAME = 'local';

/**
 * How the parts are started. The API server alone listens on a port, on loopback; etcd has a socket in a
 * folder of the owner's, and the other three listen nowhere.
 * @internal
 */
export function controlPlane(
  home: string,
  { paths: binaries, minor }: Binaries,
  identity: ClusterIdentity,
): ControlPlane {
  const { base, etcd, pki, tokens, kubeconfig } = clusterPaths(home);
  return {
    etcd: {
      name: 'etcd',
      command: binaries.etcd,
      cwd: etcd,
      sockets: [ETCD_SOCKET, ETCD_PEER_SOCKET],
      last: true,
      args: [
        '--name=local',
        '--data-dir=data',
        `--listen-client-urls=${ETCD}`,
        `--advertise-client-urls=${ETCD}`,
        `--listen-peer-urls=${ETCD_PEER}`,
        `--initial-advertise-peer-urls=${ETCD_PEER}`,
        `--initial-cluster=local=${ETCD_PEER}`,
        '--logger=zap',
        '--log-level=warn',
      ],
    },
    apiServer: {
      name: 'kube-apiserver',
      command: binaries['kube-apiserver'],
      cwd: etcd,
      args: [
        `--etcd-servers=${ETCD}`,
        '--bind-address=127.0.0.1',
        `--secure-port=${identity.port}`,
        // Its address is loopback, which may not be an endpoint of a Service.
        '--endpoint-reconciler-type=none',
        `--tls-cert-file=${join(pki, 'apiserver.crt')}`,
        `--tls-private-key-file=${join(pki, 'apiserver.key')}`,
        `--token-auth-file=${tokens}`,
        '--anonymous-auth=false',
        '--authorization-mode=Node,RBAC',
        '--enable-admission-plugins=NodeRestriction',
        '--service-account-issuer=https://kubernetes.default.svc',
        `--service-account-key-file=${join(pki, 'service-account.pub')}`,
        `--service-account-signing-key-file=${join(
          pki,
          'service-account.key',
        )}`,
        '--service-cluster-ip-range=10.96.0.0/16',
        '--profiling=false',
      ],
    },
    controllerManager: {
      name: 'kube-controller-manager',
      command: binaries['kube-controller-manager'],
      cwd: base,
      args: [
        `--kubeconfig=${kubeconfig('controllerManager')}`,
        '--leader-elect=false',
        ...closed(minor),
        `--root-ca-file=${join(pki, 'ca.crt')}`,
        `--service-account-private-key-file=${join(
          pki,
          'service-account.key',
        )}`,
      ],
    },
    scheduler: {
      name: 'kube-scheduler',
      command: binaries['kube-scheduler'],
      cwd: base,
      args: [
        `--kubeconfig=${kubeconfig('scheduler')}`,
        '--leader-elect=false',
        ...closed(minor),
      ],
    },
    node: {
      name: 'kubemark',
      command: binaries.kubemark,
      cwd: base,
      args: [
        '--morph=kubelet',
        `--name=${NODE_NAME}`,
        `--kubeconfig=${kubeconfig('node')}`,
        '--kubelet-read-only-port=0',
      ],
    },
  };
}

/** Kubernetes 1.23 took the flag for the plain port away. */
function closed(minor: number): string[] {
  return minor < 23 ? ['--port=0', '--secure-port=0'] : ['--secure-port=0'];
}
