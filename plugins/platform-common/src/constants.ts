/** The field manager of everything Waymark applies. @public */
export const FIELD_MANAGER = 'waymark';

/** The namespace of the platform's own accounts. @public */
export const SYSTEM_NAMESPACE = 'waymark-system';

/** The account in each service namespace that applies what the repository brings. @public */
export const DELIVERY_SERVICE_ACCOUNT = 'waymark-delivery';

/** The checks that a protected default branch requires. @public */
export const REQUIRED_CHECKS = ['lint', 'test', 'security-scan'] as const;

/** The default branch of every repository that Waymark creates. @public */
export const DEFAULT_BRANCH = 'main';

const PREFIX = 'platform.waymark.dev';

/** The labels that every object carries. Label values cannot hold an entity reference: see {@link ANNOTATIONS}. @public */
export const LABELS = {
  managedBy: 'app.kubernetes.io/managed-by',
  /** The name of the owning group. */
  owner: `${PREFIX}/owner`,
  costCenter: `${PREFIX}/cost-center`,
  environment: `${PREFIX}/environment`,
  request: `${PREFIX}/request`,
  /** The name of the component. */
  component: `${PREFIX}/component`,
  /** Backstage's label that ties a workload to a component. */
  kubernetesId: 'backstage.io/kubernetes-id',
} as const;

/** The value of {@link LABELS}.managedBy. @public */
export const MANAGED_BY = 'waymark';

/** The annotations that Waymark writes. @public */
export const ANNOTATIONS = {
  /** Entity reference of the owning group. */
  ownerRef: `${PREFIX}/owner-ref`,
  /** The name of the size, on the Namespace and its ResourceQuota. */
  size: `${PREFIX}/size`,
  /** The commit a workload was delivered from. */
  revision: `${PREFIX}/revision`,
  /** `<owner>/<name>` of the repository a workload was delivered from. */
  repository: `${PREFIX}/repository`,
  /** Says that and why probes were taken out. */
  probesRemoved: `${PREFIX}/probes-removed`,
  /** On a Group entity: the cost centre that its resources are accounted to. */
  costCenter: `${PREFIX}/cost-center`,
} as const;

/** What {@link ANNOTATIONS}.probesRemoved says on the local cluster. @public */
export const PROBES_REMOVED =
  'local cluster: containers are not started' as const;
