export interface Config {
  platform?: {
    /**
     * Entity references of the groups and users who run the platform. They may do for every team
     * what a team may do for itself, and manage templates and locations. Default: nobody.
     */
    administrators?: string[];
  };
}
