import { SignInProvider } from './config';

const KEY = 'waymark.sign-in';

/**
 * How this browser signed in last: which provider, and for the local one which person. Never a token.
 *
 * @internal
 */
export interface Remembered {
  readonly provider: SignInProvider;
  readonly userEntityRef?: string;
}

/** @internal */
export function recall(): Remembered | undefined {
  try {
    const value = JSON.parse(window.localStorage.getItem(KEY) ?? '{}');
    return typeof value.provider === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** @internal */
export function remember(choice: Remembered): void {
  try {
    window.localStorage.setItem(KEY, JSON.stringify(choice));
  } catch {
    // A browser that keeps nothing asks again after a reload.
  }
}

/** @internal */
export function forget(): void {
  try {
    window.localStorage.removeItem(KEY);
  } catch {
    // Nothing was kept.
  }
}
