import { z } from 'zod';

const NAMESPACE = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const LABEL_VALUE = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

/** The name of a namespace, as Kubernetes defines it. @internal */
export const namespaceName = z
  .string()
  .regex(
    NAMESPACE,
    'the name of a namespace has at most 63 lower-case letters, digits and "-", with a letter or digit at each end',
  );

/** What stands in a label of the objects, such as the name of a component. @internal */
export const labelText = z
  .string()
  .regex(
    LABEL_VALUE,
    'at most 63 letters, digits, "-", "_" and "." are allowed, with a letter or digit at each end',
  );

/** Whether a value can stand in a label. @internal */
export function isLabelValue(value: string): boolean {
  return LABEL_VALUE.test(value);
}
