import { Injectable } from '@nestjs/common';
import type { EntityTarget, ObjectLiteral, Repository, SelectQueryBuilder } from 'typeorm';
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
    const beyond = down ? '<' : '>';
    // NULLs sort highest, as PostgreSQL has it.
    const condition =
      value === null
        ? down
          ? `(${key} IS NOT NULL OR ${id} < :lastId)`
          : `(${key} IS NULL AND ${id} > :lastId)`
        : down
          ? `(${key} < :last OR (${key} = :last AND ${id} ${beyond} :lastId))`
          : `(${key} > :last OR ${key} IS NULL OR (${key} = :last AND ${id} ${beyond} :lastId))`;
    query.andWhere(condition, { last: value, lastId });
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

/** Text for a LIKE pattern that means itself (`\` escapes). */
export function likeLiteral(text: string): string {
  return text.replace(/[\\%_]/g, (character) => `\\${character}`);
}
