export interface Config {
  app?: {
    signIn?: {
      /**
       * What the sign-in page offers, in this order. Each needs its counterpart in
       * `auth.providers`. Default: `[local]`.
       * @deepVisibility frontend
       */
      providers?: Array<'local' | 'github' | 'oidc'>;
      oidc?: {
        /**
         * The name of your identity provider, as people know it. Default: `single sign-on`.
         * @visibility frontend
         */
        title?: string;
      };
    };
  };
}
