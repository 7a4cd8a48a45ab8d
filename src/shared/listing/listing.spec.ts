import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AuthError } from '../errors/auth-error.js';
import { decodeCursor, encodeCursor } from './cursor.js';
import { defineListing, type ListingOpts } from './listing.js';
import { mapPage, type Page, toPage } from './page.js';
import { keyFrom, paginate, type SortFields } from './paginate.js';

const users = defineListing({
  sortable: ['created_at', 'email', 'logins', 'locked_at'],
  defaultSort: 'created_at',
  types: { logins: 'number' },
});

const uuid = (n: number) => `00000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;

function refusal(work: () => unknown): AuthError {
  try {
    work();
  } catch (error) {
    if (error instanceof AuthError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('normalize', () => {
  it('has the defaults', () => {
    const listing = users.normalize();
    expect(listing).toEqual({
      offset: 0,
      limit: 20,
      sortField: 'created_at',
      sortDir: 'desc',
      sortType: 'date',
    });
    expect(Object.isFrozen(listing)).toBe(true);
    expect(
      defineListing({ sortable: ['joined_at'], defaultSort: 'joined_at', maxLimit: 5 }).normalize().limit,
    ).toBe(5);
    // @ts-expect-error a default has to be sortable
    expect(() => defineListing({ sortable: ['created_at'], defaultSort: 'email' })).toThrow(TypeError);
    // @ts-expect-error a repository takes nothing that was not normalised
    const plain: ReturnType<typeof users.normalize> = {
      offset: 0,
      limit: 20,
      sortField: 'email',
      sortDir: 'asc',
      sortType: 'string',
    };
    expect(plain).toBeDefined();
  });

  it.each<[ListingOpts, object]>([
    [{ limit: 0 }, { limit: 1 }],
    [{ limit: -5 }, { limit: 1 }],
    [{ limit: 101 }, { limit: 100 }],
    [
      { limit: Infinity, offset: Infinity },
      { limit: 100, offset: Number.MAX_SAFE_INTEGER },
    ],
    [
      { limit: NaN, offset: NaN },
      { limit: 20, offset: 0 },
    ],
    [{ offset: -1 }, { offset: 0 }],
    [{ sort_dir: 'ASC' }, { sortDir: 'asc' }],
    [{ sort_dir: 'sideways' }, { sortDir: 'desc' }],
    [{ sort_field: 'email' }, { sortField: 'email', sortType: 'string' }],
    [{ sort_field: 'password_hash' }, { sortField: 'created_at' }],
    [{ sort_field: '__proto__' }, { sortField: 'created_at' }],
  ])('brings %p into range', (options, expected) => expect(users.normalize(options)).toMatchObject(expected));

  it('brings anything into range', () => {
    fc.assert(
      fc.property(
        fc.option(fc.double(), { nil: undefined }),
        fc.option(fc.double(), { nil: undefined }),
        fc.string(),
        (offset, limit, text) => {
          const listing = users.normalize({ offset, limit, sort_field: text, sort_dir: text });
          expect(Number.isSafeInteger(listing.offset) && listing.offset >= 0).toBe(true);
          expect(Number.isSafeInteger(listing.limit) && listing.limit >= 1 && listing.limit <= 100).toBe(
            true,
          );
          expect(users.sortable).toContain(listing.sortField);
        },
      ),
    );
  });
});

describe('cursor', () => {
  const order = { sortField: 'created_at', sortDir: 'desc' } as const;

  it('gives back value and id, dates to the millisecond', () => {
    const date = fc.date({
      min: new Date('0001-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(date, fc.uuid(), (value, id) => {
        expect(decodeCursor(encodeCursor(order, { value, id }, 'date'), order, 'date')).toEqual({
          value,
          id,
        });
      }),
    );
    fc.assert(
      fc.property(fc.string({ maxLength: 500 }), fc.uuid(), (text, id) => {
        const value = text.replaceAll('\0', '');
        expect(decodeCursor(encodeCursor(order, { value, id }, 'string'), order, 'string')).toEqual({
          value,
          id,
        });
      }),
    );
  });

  it('refuses what is malformed, with a 400 on the field', () => {
    const cursor = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url');
    const at = '2026-01-01T00:00:00.000Z';
    const malformed = [
      '',
      '!',
      'bm90IGpzb24',
      cursor(),
      cursor('created_at', 'desc', at),
      cursor('created_at', 'desc', at, uuid(1), 1),
      cursor('created_at', 'desc', at, '1; DROP TABLE users'),
      cursor('created_at', 'desc', 1, uuid(1)),
      cursor('created_at', 'desc', '+275760-09-13T00:00:00.000Z', uuid(1)),
      cursor('created_at', 'desc', '2026-01-01', uuid(1)),
      cursor('created_at', 'desc', { $ne: null }, uuid(1)),
      cursor('email', 'desc', 'a', uuid(1)),
      cursor('created_at', 'asc', at, uuid(1)),
      'A'.repeat(10_000),
    ];
    for (const text of malformed) {
      const error = refusal(() => users.normalize({ cursor: text }));
      expect(error).toMatchObject({
        code: 'core.validation_failed',
        status: 400,
        fields: [{ field: 'cursor' }],
      });
    }
    const nul = cursor('email', 'desc', 'a\0', uuid(1));
    expect(refusal(() => users.normalize({ cursor: nul, sort_field: 'email' })).status).toBe(400);
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        (text) => refusal(() => users.normalize({ cursor: text })).status === 400,
      ),
    );
  });

  it('is not made of what it would refuse', () => {
    expect(() => encodeCursor(order, { value: 'text', id: uuid(1) }, 'date')).toThrow(TypeError);
    expect(() => encodeCursor(order, { value: null, id: 'x' }, 'date')).toThrow(TypeError);
  });
});

interface Row {
  id: string;
  created_at: Date;
  email: string;
  logins: number;
  locked_at: Date | null;
}

const fields: SortFields<Row, (typeof users.sortable)[number]> = {
  created_at: (row) => row.created_at,
  email: (row) => row.email,
  logins: (row) => row.logins,
  locked_at: (row) => row.locked_at,
};

const list = (rows: Row[], options: ListingOpts): Page<Row> => {
  const listing = users.normalize(options);
  const slice = paginate(rows, listing, fields);
  return toPage(listing, slice.rows, slice.total, keyFrom(fields));
};

const rowsOf = fc
  .array(
    fc.record({
      at: fc.nat(3),
      email: fc.constantFrom('a', 'b', 'Z', '\u{1F4A5}', '\uFFFD'),
      logins: fc.nat(2),
      locked: fc.boolean(),
    }),
    { maxLength: 30 },
  )
  .map((items) =>
    items.map((item, index): Row => ({
      id: uuid(index),
      created_at: new Date(1_000 + item.at),
      email: item.email,
      logins: item.logins,
      locked_at: item.locked ? new Date(item.at) : null,
    })),
  );

describe('paginate and toPage', () => {
  it('walk the whole list once, by offset and by cursor alike', () => {
    fc.assert(
      fc.property(
        rowsOf,
        fc.constantFrom(...users.sortable),
        fc.constantFrom('asc', 'desc'),
        fc.integer({ min: 1, max: 7 }),
        (rows, sort_field, sort_dir, limit) => {
          const all = list(rows, { sort_field, sort_dir, limit: 100 }).data;
          const byOffset: Row[] = [];
          for (let offset = 0; offset < rows.length; offset += limit)
            byOffset.push(...list(rows, { sort_field, sort_dir, limit, offset }).data);
          const byCursor: Row[] = [];
          for (let cursor: string | null | undefined; cursor !== null;) {
            const page: Page<Row> = list(rows, { sort_field, sort_dir, limit, cursor });
            byCursor.push(...page.data);
            expect(page.total).toBe(rows.length);
            cursor = page.next_cursor;
          }
          expect(all).toHaveLength(rows.length);
          expect(byOffset).toEqual(all);
          expect(byCursor).toEqual(all);
          const reversed = list(rows, {
            sort_field,
            sort_dir: sort_dir === 'asc' ? 'desc' : 'asc',
            limit: 100,
          }).data;
          expect(reversed.reverse()).toEqual(all);
        },
      ),
    );
  });

  it('stays stable under inserts', () => {
    const row = (n: number): Row => ({
      id: uuid(n),
      created_at: new Date(n),
      email: `${n}`,
      logins: n,
      locked_at: null,
    });
    const rows = [1, 2, 3, 4].map(row);
    const first = list(rows, { limit: 2 });
    const second = list([...rows, row(5), row(6)], { limit: 2, cursor: first.next_cursor ?? '' });
    expect([...first.data, ...second.data].map(({ logins }) => logins)).toEqual([4, 3, 2, 1]);
    expect(mapPage(first, ({ email }) => email)).toMatchObject({
      data: ['4', '3'],
      total: 4,
      offset: 0,
      limit: 2,
      sort_field: 'created_at',
      sort_dir: 'desc',
    });
    expect(list(rows, { limit: 4 }).next_cursor).toBeNull();
    expect(list([], {}).next_cursor).toBeNull();
  });
});
