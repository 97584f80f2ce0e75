/** A shell command that tells of a first deployment, which finished just now. @internal */
export function curlCommand(options: {
  readonly baseUrl: string;
  /** Entity reference of a component. */
  readonly service: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}): string {
  const { baseUrl, service, now } = options;
  const event = {
    id: `first-${Math.floor(now / 1000)}`,
    source: 'curl',
    service,
    environment: 'production',
    status: 'success',
    revision: 'v1',
    finishedAt: new Date(now).toISOString(),
    changes: [
      {
        sha: 'v1',
        committedAt: new Date(now - 90 * 60_000).toISOString(),
      },
    ],
  };
  return [
    `curl -X POST ${baseUrl}/deployments \\`,
    '  -H "Authorization: Bearer $TOKEN" \\',
    '  -H "Content-Type: application/json" \\',
    // Names of entities have no apostrophes, which would end the text here.
    `  -d '${JSON.stringify(event)}'`,
  ].join('\n');
}
