import { Injectable } from '@nestjs/common';
import type { EntityTarget, ObjectLiteral, QueryRunner, Repository, SelectQueryBuilder } from 'typeorm';
import type { SortValue } from '../listing/cursor.js';
import { COUNTED_ROWS, type Listing } from '../listing/listing.js';
import type { Slice } from '../listing/paginate.js';
import { TypeOrmContext } from './typeorm-context.js';

/** Base of the TypeORM repositories. */
@Injectable()
export abstract class TypeOrmRepository {
  constructor(protected readonly context: TypeOrmContext) {}

  protected repository<Entity extends ObjectLiteral>(entity: EntityTarget<Entity>): Repository<Entity> {
    return this.context.manager.getRepository(entity);
  }

  /**
   * Sorts and cuts a query as the listing says, by offset or by keyset, the id breaking ties in the sort's direction. `columns` maps every sort field to
   * its column; text is compared in the collation "C", as the cursors are. `total` counts without the cursor, and to `COUNTED_ROWS`. Read from a replica, where there is one: its rows
   * may be a little out of date, so they are for showing and never for deciding.
   */
  protected listed<Entity extends ObjectLiteral, Field extends string>(
    query: SelectQueryBuilder<Entity>,
    listing: Listing<Field>,
    columns: Readonly<Record<Field, string>>,
    id: string,
  ): Promise<Slice<Entity>> {
    return this.context.listing(async (runner) => {
      const own = query.clone();
      if (runner) own.setQueryRunner(runner);
      const order = orderOf(own, listing, columns, id);
      own.orderBy(order.key, order.direction).addOrderBy(id, order.direction);
      return { total: await this.counted(own, runner), rows: await page(own, listing, order) };
    });
  }

  /** In the order of the page: it goes along the same index, and stops. */
  private async counted(query: SelectQueryBuilder<ObjectLiteral>, runner?: QueryRunner): Promise<number> {
    const [each, values] = query.clone().select('1').limit(COUNTED_ROWS).getQueryAndParameters();
    const text = `SELECT count(*)::int AS total FROM (${each}) AS counted`;
    const [count] = (await (runner ?? this.context).query(text, values)) as { total: number }[];
    return count?.total ?? 0;
  }
}

interface Order {
  readonly key: string;
  readonly id: string;
  readonly direction: 'ASC' | 'DESC';
  readonly nullable: boolean;
}

function orderOf<Entity extends ObjectLiteral, Field extends string>(
  query: SelectQueryBuilder<Entity>,
  { sortField, sortType, sortDir }: Listing<Field>,
  columns: Readonly<Record<Field, string>>,
  id: string,
): Order {
  const column = columns[sortField];
  return {
    key: sortType === 'string' ? `${column} COLLATE "C"` : column,
    id,
    direction: sortDir === 'desc' ? 'DESC' : 'ASC',
    nullable: isNullable(query, column),
  };
}

/** Stretch after stretch, until the page is full. */
async function page<Entity extends ObjectLiteral>(
  sorted: SelectQueryBuilder<Entity>,
  { cursor, offset, limit }: Listing,
  order: Order,
): Promise<Entity[]> {
  if (!cursor) return sorted.offset(offset).limit(limit).getMany();
  const rows: Entity[] = [];
  for (const stretch of stretchesBehind(cursor.value, order)) {
    if (rows.length === limit) break;
    const query = sorted.clone().andWhere(stretch, { last: cursor.value, lastId: cursor.id });
    rows.push(...(await query.limit(limit - rows.length).getMany()));
  }
  return rows;
}

/** What comes behind the cursor, as stretches of an index one after the other: joined by OR, it would be read from its beginning. NULLs sort highest. */
function stretchesBehind(value: SortValue, { key, id, direction, nullable }: Order): string[] {
  const down = direction === 'DESC';
  const beyond = down ? '<' : '>';
  if (value === null) {
    const rest = `(${key} IS NULL AND ${id} ${beyond} :lastId)`;
    return down ? [rest, `${key} IS NOT NULL`] : [rest];
  }
  const rest = `(${key}, ${id}) ${beyond} (:last, :lastId)`;
  return down || !nullable ? [rest] : [rest, `${key} IS NULL`];
}

/** Of a column that is named as `alias.property`; whatever else sorts may be NULL. */
function isNullable<Entity extends ObjectLiteral>(
  { expressionMap }: SelectQueryBuilder<Entity>,
  column: string,
): boolean {
  const [alias, property] = column.split('.');
  const known = expressionMap.aliases.find(({ name, hasMetadata }) => name === alias && hasMetadata);
  return known?.metadata.findColumnWithPropertyName(property ?? '')?.isNullable ?? true;
}

/** Text for a LIKE pattern that means itself (`\` escapes). */
export function likeLiteral(text: string): string {
  return text.replace(/[\\%_]/g, (character) => `\\${character}`);
}
