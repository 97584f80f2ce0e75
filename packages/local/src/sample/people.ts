/** Who writes the commits of the sample organisation; the same people as in catalog/org.yaml. @internal */
export const PEOPLE = {
  dev: { name: 'Devon Reyes', email: 'devon.reyes@example.com' },
  priya: { name: 'Priya Nair', email: 'priya.nair@example.com' },
  sam: { name: 'Sam Okafor', email: 'sam.okafor@example.com' },
  noah: { name: 'Noah Lindqvist', email: 'noah.lindqvist@example.com' },
  lena: { name: 'Lena Fischer', email: 'lena.fischer@example.com' },
  pat: { name: 'Pat Kowalski', email: 'pat.kowalski@example.com' },
} as const;

/** @internal */
export type Person = keyof typeof PEOPLE;
