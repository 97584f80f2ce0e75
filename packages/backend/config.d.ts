export interface Config {
  metrics?: {
    /** What Prometheus scrapes; served without authentication on an address of its own. */
    prometheus?: {
      /**
       * Whether metrics are served. Default: true.
       */
      enabled?: boolean;
      /**
       * The address to listen on. Default: 127.0.0.1, which other machines do not reach.
       */
      host?: string;
      /**
       * Default: 9464. Where it is taken, the backend starts without serving metrics and says so in its log.
       */
      port?: number;
      /**
       * Default: /metrics.
       */
      path?: string;
    };
  };
}
