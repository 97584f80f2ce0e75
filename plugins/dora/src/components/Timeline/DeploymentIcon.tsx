import {
  RiCheckboxCircleFill,
  RiCloseCircleFill,
  RiToolsFill,
} from '@remixicon/react';
import type { DeploymentRow } from '../../api';

/** What a deployment looks like on the timeline. @internal */
export type Look = 'failed' | 'rework' | 'fine';

const ICONS = {
  failed: RiCloseCircleFill,
  rework: RiToolsFill,
  fine: RiCheckboxCircleFill,
};

/** A failed deployment looks failed also where it was rework. @internal */
export function lookOf(row: Pick<DeploymentRow, 'failed' | 'rework'>): Look {
  if (row.failed) return 'failed';
  return row.rework ? 'rework' : 'fine';
}

/** A shape for each look. @internal */
export function DeploymentIcon(props: { readonly look: Look }) {
  const Icon = ICONS[props.look];
  return <Icon aria-hidden="true" />;
}
