export interface Config {
  platform?: {
    /**
     * Entity references of the groups whose members see every team's namespaces. Default: nobody.
     */
    administrators?: string[];
  };
}
