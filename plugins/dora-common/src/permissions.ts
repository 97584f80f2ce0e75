import { createPermission } from '@backstage/plugin-permission-common';

/** Reading the metrics and what made them. @public */
export const doraMetricsReadPermission = createPermission({
  name: 'dora.metrics.read',
  attributes: { action: 'read' },
});

/** Sending deployments and incidents: meant for services, not for people. @public */
export const doraEventsWritePermission = createPermission({
  name: 'dora.events.write',
  attributes: { action: 'create' },
});

/** Seeing events that are unmatched, rejected or not processed yet. @public */
export const doraInboxReadPermission = createPermission({
  name: 'dora.inbox.read',
  attributes: { action: 'read' },
});

/** Having such events processed again. @public */
export const doraInboxReplayPermission = createPermission({
  name: 'dora.inbox.replay',
  attributes: { action: 'update' },
});

/** Removing the sample data. @public */
export const doraSamplesDeletePermission = createPermission({
  name: 'dora.samples.delete',
  attributes: { action: 'delete' },
});

/** All permissions of DORA. @public */
export const doraPermissions = [
  doraMetricsReadPermission,
  doraEventsWritePermission,
  doraInboxReadPermission,
  doraInboxReplayPermission,
  doraSamplesDeletePermission,
];
