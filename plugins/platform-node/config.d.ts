export interface Config {
  platform?: {
    /**
     * The clusters that namespaces are made in. URL and certificate authority
     * come from the cluster of the same name under `kubernetes`.
     */
    clusters?: Array<{
      /** The name of a cluster under `kubernetes.clusterLocatorMethods`. */
      name: string;
      /**
       * The token of the provisioner's ServiceAccount.
       * @visibility secret
       */
      serviceAccountToken: string;
      /** The environments that this cluster serves; all, unless given. */
      environments?: Array<'development' | 'staging' | 'production'>;
    }>;
    git?: {
      /** Where repositories are created. Default: embedded. */
      provider?: 'embedded' | 'github';
      /** A host under `integrations.gitea` or `integrations.github`. Default: the first. */
      host?: string;
      /** GitHub: the organisation that owns the repositories. Required there. */
      organization?: string;
      /** GitHub: who sees new repositories. Default: private. */
      visibility?: 'private' | 'internal' | 'public';
    };
  };
}
