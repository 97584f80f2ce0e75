import type { Knex } from 'knex';

/** The newest that are kept. */
const MAX_ROWS = 10_000;

/** A bad item of a request whose other items were taken. @internal */
export interface NewRejection {
  /** Undefined: the item names none that makes sense. */
  readonly source?: string;
  readonly field: string;
  readonly message: string;
  readonly kind?: 'deployment' | 'incident';
  readonly item?: string;
  /** Whether the item is whole. */
  readonly complete: boolean;
}

/** A bounded log of what was refused beside what was taken. @internal */
export class RejectionStore {
  constructor(
    private readonly options: {
      readonly database: Knex;
      readonly now: () => number;
    },
  ) {}

  /** What names no source is put down to the route that it came by. */
  async insert(
    route: string,
    rejections: readonly NewRejection[],
  ): Promise<void> {
    if (rejections.length === 0) return;
    const rows = rejections.map(rejection => ({
      ...rejection,
      source: rejection.source && storable(rejection.source),
      item: rejection.item && storable(rejection.item),
      field: storable(rejection.field),
      message: storable(rejection.message),
    }));
    await this.options.database.transaction(async trx => {
      await trx.raw(
        `INSERT INTO rejections (source, at, field, message, kind, item, complete)
         SELECT coalesce(r.source, ?), ?::timestamptz, r.field, r.message, r.kind, r.item, r.complete
         FROM json_to_recordset(?::json) AS r(source text, field text, message text, kind text, item text, complete boolean)`,
        [route, new Date(this.options.now()), JSON.stringify(rows)],
      );
      await trx.raw(
        `DELETE FROM rejections WHERE id <= (SELECT id FROM rejections ORDER BY id DESC OFFSET ? LIMIT 1)`,
        [MAX_ROWS],
      );
    });
  }
}

/** PostgreSQL refuses NUL characters and halves of surrogate pairs. */
function storable(text: string): string {
  return text.replaceAll('\0', '\uFFFD').toWellFormed();
}
