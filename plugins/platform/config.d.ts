export interface Config {
  platform?: {
    localDelivery?: {
      /**
       * Shows deliveries where local delivery makes them.
       * @visibility frontend
       */
      enabled?: boolean;
    };
    git?: {
      /**
       * Local delivery works with the embedded Git host only.
       * @visibility frontend
       */
      provider?: 'embedded' | 'github';
    };
  };
}
