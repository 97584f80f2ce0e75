/** The `source` of events that nobody made, by which they are shown as such and removed. @internal */
export const SAMPLE_SOURCE = 'sample';
