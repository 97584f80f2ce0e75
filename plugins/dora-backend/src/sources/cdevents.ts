import { isObject } from './cdEventFields';
import { mapIncident } from './cdIncidentEvents';
import { mapService } from './cdServiceEvents';
import type { CloudEvent } from './cloudevents';
import type { SourceSettings } from './settings';
import type { MappedDelivery } from './types';

const unused: Readonly<Record<string, string>> = {
  removed: 'A service was taken away, which is no deployment.',
  published:
    'A service was made reachable; its deployment was told by service.deployed.',
};

/** Maps a CloudEvent that carries a CDEvent of 0.4 or 0.5; never throws. @internal */
export function mapCdEvent(
  event: CloudEvent,
  settings: Pick<SourceSettings, 'productionEnvironments'>,
): MappedDelivery {
  const [, subject, predicate] =
    /^dev\.cdevents\.(service|incident)\.([a-z]+)(?:\.\d+\.\d+\.\d+[^.]*)?$/.exec(
      event.type,
    ) ?? [];
  if (subject === 'service' && Object.hasOwn(unused, predicate)) {
    return { ignored: unused[predicate] };
  }
  // The CloudEvents binding repeats these three in the event's own attributes.
  const data = isObject(event.data)
    ? {
        ...event.data,
        context: {
          id: event.id,
          source: event.source,
          ...(event.time ? { timestamp: event.time } : {}),
          ...(isObject(event.data.context) ? event.data.context : {}),
        },
      }
    : event.data;
  if (
    subject === 'service' &&
    ['deployed', 'upgraded', 'rolledback'].includes(predicate)
  ) {
    return mapService(data, predicate);
  }
  if (
    subject === 'incident' &&
    ['detected', 'reported', 'resolved'].includes(predicate)
  ) {
    return mapIncident(data, predicate, settings.productionEnvironments);
  }
  return {
    rejected: {
      field: 'type',
      message: `type must be dev.cdevents.service.{deployed,upgraded,rolledback,removed,published} or dev.cdevents.incident.{detected,reported,resolved} with a version, not "${event.type.slice(
        0,
        80,
      )}".`,
    },
  };
}
