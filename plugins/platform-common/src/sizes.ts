/** The names of the sizes, from small to large. @public */
export const SIZE_NAMES = ['small', 'medium', 'large', 'xlarge'] as const;

/** One of {@link SIZE_NAMES}. @public */
export type SizeName = (typeof SIZE_NAMES)[number];

/** What a namespace of one size may hold altogether. @public */
export interface Size {
  readonly cores: number;
  /** GiB. */
  readonly memoryGib: number;
  readonly pods: number;
  /** PersistentVolumeClaims. */
  readonly claims: number;
  /** GiB, over all claims. */
  readonly storageGib: number;
}

/** Every size by its name. @public */
export type SizeTable = Readonly<Record<SizeName, Size>>;

/** The size of a request that names none. @public */
export const DEFAULT_SIZE: SizeName = 'small';

/** The sizes, unless `platform.sizes` says otherwise. @public */
export const DEFAULT_SIZES: SizeTable = {
  small: { cores: 2, memoryGib: 4, pods: 10, claims: 2, storageGib: 20 },
  medium: { cores: 4, memoryGib: 8, pods: 20, claims: 4, storageGib: 50 },
  large: { cores: 8, memoryGib: 16, pods: 40, claims: 8, storageGib: 100 },
  xlarge: { cores: 16, memoryGib: 32, pods: 80, claims: 16, storageGib: 250 },
};

/** Whether a string is one of {@link SIZE_NAMES}. @public */
export function isSizeName(value: unknown): value is SizeName {
  return (SIZE_NAMES as readonly unknown[]).includes(value);
}

/** A size in words, as in `2 vCPU, 4 GB memory, 10 pods`. @public */
export function describeSize(size: Size): string {
  return `${size.cores} vCPU, ${size.memoryGib} GB memory, ${size.pods} pods, ${size.claims} volume claims, ${size.storageGib} GB storage`;
}
