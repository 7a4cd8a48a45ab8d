import { Injectable } from '@nestjs/common';
import type { EntityTarget, ObjectLiteral, Repository, SelectQueryBuilder } from 'typeorm';
import type { SortValue } from '../listing/cursor.js';
import type { Listing } from '../listing/listing.js';
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
   * its column; text is compared in the collation "C", as the cursors are. `total` counts without the cursor. Read from a replica, where there is one: its rows
   * may be a little out of date, so they are for showing and never for deciding.
   */
  protected listed<Entity extends ObjectLiteral, Field extends string>(
    query: SelectQueryBuilder<Entity>,
    listing: Listing<Field>,
    columns: Readonly<Record<Field, string>>,
    id: string,
  ): Promise<{ rows: Entity[]; total: number }> {
    return this.context.listing((runner) => {
      const own = query.clone();
      if (runner) own.setQueryRunner(runner);
      return page(own, listing, columns, id);
    });
  }
}

async function page<Entity extends ObjectLiteral, Field extends string>(
  query: SelectQueryBuilder<Entity>,
  listing: Listing<Field>,
  columns: Readonly<Record<Field, string>>,
  id: string,
): Promise<{ rows: Entity[]; total: number }> {
  const total = await query.getCount();
  const column = columns[listing.sortField];
  const key = listing.sortType === 'string' ? `${column} COLLATE "C"` : column;
  const down = listing.sortDir === 'desc';
  if (listing.cursor) {
    const { value, id: lastId } = listing.cursor;
    query.andWhere(beyondCursor(key, id, { value, down, nullable: isNullable(query, column) }), {
      last: value,
      lastId,
    });
  }
  const direction = down ? 'DESC' : 'ASC';
  const rows = await query
    .orderBy(key, direction)
    .addOrderBy(id, direction)
    .offset(listing.offset)
    .limit(listing.limit)
    .getMany();
  return { rows, total };
}

/** What comes behind the cursor. NULLs sort highest, as PostgreSQL has it; where there can be none, in a form that an index can start at. */
function beyondCursor(
  key: string,
  id: string,
  { value, down, nullable }: { value: SortValue; down: boolean; nullable: boolean },
): string {
  if (value === null) {
    return down ? `(${key} IS NOT NULL OR ${id} < :lastId)` : `(${key} IS NULL AND ${id} > :lastId)`;
  }
  const beyond = `(${key}, ${id}) ${down ? '<' : '>'} (:last, :lastId)`;
  return down || !nullable ? beyond : `(${beyond} OR ${key} IS NULL)`;
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
