export interface Config {
  dora?: {
    /**
     * A shell command that prints a token which may send events; shown to who has to send the first one.
     * @visibility frontend
     */
    tokenCommand?: string;
    /**
     * Where the documentation of the event sources is, as a URL or a path of the portal.
     * @visibility frontend
     */
    docsUrl?: string;
  };
}
