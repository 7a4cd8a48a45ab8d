import { isDate } from 'node:util/types';
import { expect, it } from '@jest/globals';
import type { UserRecord } from '../../modules/core/user/user.js';
import { UserRepository, type UserSortField } from '../../modules/core/user/user.repository.js';
import { COUNTED_ROWS, defineListing, type ListingOpts } from '../../shared/listing/listing.js';
import { keyFrom } from '../../shared/listing/paginate.js';
import { toPage } from '../../shared/listing/page.js';
import { TransactionRunner } from '../../shared/persistence/transaction-runner.js';
import { createUser, later, NOW, type Ports } from './contract-store.js';

const USERS = defineListing({
  sortable: ['created_at', 'email', 'username', 'name'],
  defaultSort: 'created_at',
});
const keyOf = keyFrom<UserRecord, UserSortField>({
  created_at: (user) => user.createdAt,
  email: (user) => user.emailKey,
  username: (user) => user.usernameKey,
  name: (user) => user.name,
});

/** Sorted, searched and paged lists. */
export function describeUserListing(ports: Ports): void {
  const users = () => ports(UserRepository);
  const list = (options: ListingOpts = {}, query?: string) =>
    users().list(USERS.normalize(options), { query });

  /** The whole list in pages of two, by cursor. */
  const byCursor = async (options: ListingOpts): Promise<string[]> => {
    const found: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const listing = USERS.normalize({ ...options, limit: 2, cursor });
      const { rows, total } = await users().list(listing, {});
      expect(total).toBe(7);
      found.push(...rows.map(({ id }) => id));
      cursor = toPage(listing, rows, total, keyOf).next_cursor;
    }
    return found;
  };

  const populate = async (): Promise<UserRecord[]> => {
    const made: UserRecord[] = [];
    for (const [index, name] of ['b', null, 'B', 'ä', null, 'a', 'a'].entries()) {
      made.push(
        await createUser(ports, {
          name,
          email: index % 3 ? `user${index}@example.com` : null,
          username: index % 2 ? `User${index}` : null,
          createdAt: later(index >> 1),
        }),
      );
    }
    return made;
  };

  it.each(
    USERS.sortable.flatMap((field) => [
      { sort_field: field, sort_dir: 'asc' },
      { sort_field: field, sort_dir: 'desc' },
    ]),
  )('sorts by $sort_field, $sort_dir, null highest, by id where equal; pages meet', async (order) => {
    const made = await populate();
    const field = order.sort_field;
    const key = (user: UserRecord): [boolean, string] => {
      const { value } = keyOf(user, field);
      const text = isDate(value) ? value.toISOString() : String(value);
      return [value === null, `${Buffer.from(text).toString('hex')} ${user.id}`];
    };
    const ids = [...made]
      .sort((one, other) => {
        const [[noOne, a], [noOther, b]] = [key(one), key(other)];
        return Number(noOne) - Number(noOther) || (noOne ? compare(one.id, other.id) : compare(a, b));
      })
      .map(({ id }) => id);
    if (order.sort_dir === 'desc') ids.reverse();

    const { rows, total } = await list(order);
    expect(rows.map(({ id }) => id)).toEqual(ids);
    expect(total).toBe(7);
    expect(await byCursor(order)).toEqual(ids);
    const page = await list({ ...order, offset: 3, limit: 2 });
    expect(page.rows.map(({ id }) => id)).toEqual(ids.slice(3, 5));
    expect(page.total).toBe(7);
    expect((await list({ ...order, offset: 100 })).rows).toEqual([]);
  });

  it('gives whole records', async () => {
    const user = await createUser(ports, { name: 'Ada', passwordHash: 'x' });
    expect(await list()).toEqual({ rows: [user], total: 1 });
  });

  it('goes on behind a cursor whatever is inserted before it', async () => {
    const made = await populate();
    const listing = USERS.normalize({ sort_dir: 'desc', limit: 3 });
    const first = await users().list(listing, {});
    const { next_cursor: cursor } = toPage(listing, first.rows, first.total, keyOf);
    await createUser(ports, { createdAt: later(1_000) });
    const second = await list({ sort_dir: 'desc', cursor: cursor ?? '' });
    const ids = [...first.rows, ...second.rows].map(({ id }) => id);
    expect(ids.sort()).toEqual(made.map(({ id }) => id).sort());
  });

  it('looks for text in name, email and username, whatever its case, and takes it literally', async () => {
    const [percent, under, back, plain] = await Promise.all([
      createUser(ports, { name: '100% Ada', email: 'one@example.com' }),
      createUser(ports, { name: 'a_b', username: 'Ada_B' }),
      createUser(ports, { name: 'back\\slash' }),
      createUser(ports, { name: 'axb', email: 'ADA@example.com' }),
    ]);
    const found = async (query: string) =>
      (await list({ sort_field: 'name' }, query)).rows.map(({ id }) => id).sort();
    const ids = (...those: UserRecord[]) => those.map(({ id }) => id).sort();
    expect(await found('ADA')).toEqual(ids(percent, under, plain));
    expect(await found('00%')).toEqual(ids(percent));
    expect(await found('a_b')).toEqual(ids(under));
    expect(await found('k\\s')).toEqual(ids(back));
    expect(await found('aXB')).toEqual(ids(plain));
    expect(await found("' OR true --")).toEqual([]);
    expect(await found('')).toEqual(ids(percent, under, back, plain));
    expect((await list({ limit: 1 }, 'ada')).total).toBe(3);
  });

  it('looks for fewer than three characters at the beginnings alone', async () => {
    const [ada, bea] = [
      await createUser(ports, { name: 'Ada', email: 'x1@example.com' }),
      await createUser(ports, { name: 'Bea', username: 'Yada', email: '%_@example.com' }),
    ];
    const found = async (query: string) => (await list({}, query)).rows.map(({ id }) => id);
    expect(await found('A')).toEqual([ada.id]);
    expect(await found('ad')).toEqual([ada.id]);
    expect(await found('ada')).toHaveLength(2);
    expect(await found('ya')).toEqual([bea.id]);
    expect(await found('X1')).toEqual([ada.id]);
    expect(await found('%')).toEqual([bea.id]);
    expect(await found('_')).toEqual([]);
    expect(await found('%_')).toEqual([bea.id]);
    expect(await found('ea')).toEqual([]);
  });

  it('counts to a thousand at least, and goes on behind it', async () => {
    await ports(TransactionRunner).run(async () => {
      for (let made = 0; made <= COUNTED_ROWS; made += 1) await createUser(ports, { createdAt: later(made) });
    });
    const listing = USERS.normalize({ offset: COUNTED_ROWS - 20 });
    const { rows, total } = await users().list(listing, {});
    expect(total).toBeGreaterThanOrEqual(COUNTED_ROWS);
    const { next_cursor: cursor } = toPage(listing, rows, total, keyOf);
    expect((await list({ cursor: cursor ?? '' })).rows).toHaveLength(1);
  }, 60_000);

  it('ignores the case of other scripts too', async () => {
    const { id } = await createUser(ports, { name: 'Ärger Жук' });
    for (const query of ['ärger', 'ÄRGER', 'жУК'])
      expect((await list({}, query)).rows).toEqual([expect.objectContaining({ id })]);
  });

  it('leaves out deleted accounts', async () => {
    const { id } = await createUser(ports, { name: 'Ada' });
    await users().softDelete(id, NOW);
    expect(await list({}, 'ada')).toEqual({ rows: [], total: 0 });
  });
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
