/** Of a JSON body, in bytes. @internal */
export const MAX_BODY = 5 * 1024 * 1024;

/** Of an array. @internal */
export const MAX_ITEMS = 1_000;

/** Of a line of NDJSON, in bytes. @internal */
export const MAX_LINE = 1024 * 1024;

/** How deep an item may be nested; the deepest valid one needs four levels. @internal */
export const MAX_DEPTH = 20;

/** How many rejections an answer lists, and how many of a request are logged. @internal */
export const MAX_REJECTED = 1_000;

/** How much of a rejected item is kept, in characters. @internal */
export const MAX_KEPT_ITEM = 10_000;
