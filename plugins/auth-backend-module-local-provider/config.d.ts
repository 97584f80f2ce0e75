export interface Config {
  auth?: {
    providers?: {
      /**
       * Sign-in without a password as any person of the catalog. It has no settings: the key
       * alone turns it on, and the backend then starts on loopback addresses only. Written by
       * local mode into its overlay; never part of a shared configuration.
       */
      local?: {};
    };
  };
}
