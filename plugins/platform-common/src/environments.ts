/** The environments a resource can be in, in the order of promotion. @public */
export const ENVIRONMENTS = ['development', 'staging', 'production'] as const;

/** One of {@link ENVIRONMENTS}. @public */
export type Environment = (typeof ENVIRONMENTS)[number];

/** The environment of a request that names none. @public */
export const DEFAULT_ENVIRONMENT: Environment = 'development';

/** Whether a string is one of {@link ENVIRONMENTS}. @public */
export function isEnvironment(value: unknown): value is Environment {
  return (ENVIRONMENTS as readonly unknown[]).includes(value);
}
