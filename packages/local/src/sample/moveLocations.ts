import type { PortalClient } from './PortalClient';

/**
 * Has the catalog read repositories of the embedded host at the port that the portal has now:
 * addresses hold the port, and the portal may have been started on another one before.
 * @internal
 */
export async function moveLocations(
  portal: Pick<PortalClient, 'locations' | 'moveLocation'>,
  baseUrl: string,
): Promise<void> {
  for (const { id, type, target } of await portal.locations()) {
    const moved = movedTarget(target, baseUrl);
    if (type === 'url' && moved && moved !== target) {
      await portal.moveLocation(id, moved);
    }
  }
}

function movedTarget(target: string, baseUrl: string): string | undefined {
  const [, path] =
    /^http:\/\/localhost:\d+(\/api\/git\/.*)$/.exec(target) ?? [];
  return path && `${baseUrl}${path}`;
}
