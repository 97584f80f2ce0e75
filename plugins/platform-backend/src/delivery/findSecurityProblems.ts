import { asList, asRecord, containersOf, type Json } from './podTemplates';

const SECCOMP_TYPES: readonly unknown[] = ['RuntimeDefault', 'Localhost'];
const CAPABILITIES: readonly unknown[] = ['NET_BIND_SERVICE'];
const SELINUX_TYPES: readonly unknown[] = [
  undefined,
  '',
  'container_t',
  'container_init_t',
  'container_kvm_t',
  'container_engine_t',
];
const SYSCTLS: readonly unknown[] = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_syncookies',
];

/** Says where the security contexts of a pod and its containers break the standard `restricted`. @internal */
export function findSecurityProblems(spec: Json, path: string): string[] {
  const pod = asRecord(spec.securityContext) ?? {};
  return [
    ...findCommonProblems(pod, `${path}.securityContext`),
    ...asList(pod.sysctls)
      .map(each => asRecord(each)?.name)
      .filter(name => !SYSCTLS.includes(name))
      .map(
        name =>
          `${path}.securityContext.sysctls has ${String(
            name,
          )}; allowed are ${SYSCTLS.join(', ')}`,
      ),
    ...containersOf(spec).flatMap(({ at, container }) => {
      const own = asRecord(container.securityContext) ?? {};
      const place = `${path}.${at}.securityContext`;
      return [
        ...findCommonProblems(own, place),
        ...findContainerProblems(own, place),
        ...findMissing(pod, own, place),
      ];
    }),
  ];
}

/** What is refused on the pod and on a container alike. */
function findCommonProblems(context: Json, path: string): string[] {
  const seccomp = asRecord(context.seccompProfile)?.type;
  const appArmor = asRecord(context.appArmorProfile)?.type;
  const seLinux = asRecord(context.seLinuxOptions) ?? {};
  return sentences(path, [
    [
      isSet(context.runAsNonRoot) && context.runAsNonRoot !== true,
      'runAsNonRoot is not true; allowed is true',
    ],
    [
      isSet(context.runAsUser) && !(Number(context.runAsUser) > 0),
      'runAsUser is 0; allowed is any other user',
    ],
    [
      isSet(seccomp) && !SECCOMP_TYPES.includes(seccomp),
      `seccompProfile.type is ${seccomp}; allowed are ${SECCOMP_TYPES.join(
        ', ',
      )}`,
    ],
    [
      isSet(appArmor) && !SECCOMP_TYPES.includes(appArmor),
      `appArmorProfile.type is ${appArmor}; allowed are ${SECCOMP_TYPES.join(
        ', ',
      )}`,
    ],
    [
      Boolean(seLinux.user || seLinux.role) ||
        !SELINUX_TYPES.includes(seLinux.type),
      'seLinuxOptions asks for more than a container has; leave it out',
    ],
    [
      Boolean(asRecord(context.windowsOptions)?.hostProcess),
      'windowsOptions.hostProcess is set; allowed is false',
    ],
  ]);
}

function findContainerProblems(context: Json, path: string): string[] {
  const capabilities = asRecord(context.capabilities) ?? {};
  const added = asList(capabilities.add).filter(
    each => !CAPABILITIES.includes(each),
  );
  return sentences(path, [
    [Boolean(context.privileged), 'privileged is set; allowed is false'],
    [
      context.allowPrivilegeEscalation !== false,
      'allowPrivilegeEscalation has to be false',
    ],
    [
      !asList(capabilities.drop).includes('ALL'),
      'capabilities.drop has to hold ALL',
    ],
    [
      added.length > 0,
      `capabilities.add has ${added.join(', ')}; allowed is ${CAPABILITIES}`,
    ],
    [
      isSet(context.procMount) && context.procMount !== 'Default',
      'procMount is set; allowed is Default',
    ],
  ]);
}

/** What the pod says for all containers, or each for itself. */
function findMissing(pod: Json, own: Json, path: string): string[] {
  return sentences(path, [
    [
      !isSet(own.runAsNonRoot ?? pod.runAsNonRoot),
      'runAsNonRoot has to be true, here or for the pod',
    ],
    [
      !isSet(
        asRecord(own.seccompProfile)?.type ??
          asRecord(pod.seccompProfile)?.type,
      ),
      `seccompProfile.type has to be one of ${SECCOMP_TYPES.join(
        ', ',
      )}, here or for the pod`,
    ],
  ]);
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function sentences(
  path: string,
  problems: readonly (readonly [boolean, string])[],
): string[] {
  return problems.flatMap(([found, words]) =>
    found ? [`${path}.${words}`] : [],
  );
}
