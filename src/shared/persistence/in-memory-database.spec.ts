import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isUniqueViolation } from './database-errors.js';
import { InMemoryDatabase } from './in-memory-database.js';
import type { InMemoryTable } from './in-memory-table.js';

interface Thing {
  readonly id: string;
  readonly name: string | null;
  readonly tags: readonly string[];
  readonly parentId?: string;
}

describe(InMemoryDatabase.name, () => {
  let database: InMemoryDatabase;
  let things: InMemoryTable<Thing>;

  beforeEach(() => {
    database = new InMemoryDatabase();
    things = database.table<Thing>('things', {
      unique: [{ name: 'things_name', key: (thing) => thing.name ?? undefined }],
    });
  });

  const thing = (id: string, name: string | null = null): Thing => ({ id, name, tags: [] });
  const insert = (row: Thing) => database.execute(() => things.insert(row));
  const all = () => database.execute(() => things.filter());

  /** Runs `work` in a transaction that fails. */
  async function rolledBack(work: () => Promise<unknown>): Promise<void> {
    const failing = database.run(async () => {
      await work();
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
  }

  it('takes back inserts, updates and deletions, the latest first', async () => {
    await insert(thing('a', 'Ada'));
    await insert(thing('b', 'Bea'));
    const before = await all();
    await rolledBack(async () => {
      await database.execute(() => things.update('a', { name: 'Eve' }));
      await database.execute(() => things.delete('b'));
      await insert(thing('b', 'Ada'));
      await database.execute(() => things.update('b', { tags: ['x'] }));
      await insert(thing('c', 'Bea'));
      expect((await all()).map(({ name }) => name).sort()).toEqual(['Ada', 'Bea', 'Eve']);
    });
    expect(await all()).toEqual(expect.arrayContaining(before));
    expect(await all()).toHaveLength(2);
  });

  it('leaves nothing of any transaction that fails', async () => {
    const operation = fc.record({
      kind: fc.constantFrom('insert', 'update', 'delete'),
      id: fc.constantFrom('a', 'b', 'c'),
      name: fc.constantFrom('Ada', 'Bea', null),
    });
    const apply = ({ kind, id, name }: { kind: string; id: string; name: string | null }) =>
      database
        .execute(() => {
          if (kind === 'insert') things.insert(thing(id, name));
          else if (kind === 'update') things.update(id, { name });
          else things.delete(id);
        })
        .catch((error: unknown) => expect(isUniqueViolation(error)).toBe(true));
    const byId = async () => (await all()).sort((one, another) => (one.id < another.id ? -1 : 1));
    await fc.assert(
      fc.asyncProperty(fc.array(operation), fc.array(operation), async (first, second) => {
        for (const each of first) await apply(each);
        const before = await byId();
        await rolledBack(async () => {
          for (const each of second) await apply(each);
        });
        expect(await byId()).toEqual(before);
      }),
    );
  });

  it('frees a unique key that a rollback takes back, and keeps one that it gives back', async () => {
    await insert(thing('a', 'Ada'));
    await rolledBack(async () => {
      await database.execute(() => things.delete('a'));
      await insert(thing('b', 'Bea'));
    });
    await insert(thing('c', 'Bea'));
    await expect(insert(thing('d', 'Ada'))).rejects.toMatchObject({
      code: '23505',
      constraint: 'things_name',
    });
  });

  it('does all of a statement or nothing, and leaves the transaction usable', async () => {
    const { result } = await database.run(async () => {
      await insert(thing('a', 'Ada'));
      const broken = database.execute(() => {
        things.update('a', { name: 'Eve' });
        things.insert(thing('b', 'Bea'));
        things.insert(thing('b', 'Cleo'));
      });
      await expect(broken).rejects.toMatchObject({ code: '23505', constraint: 'primary_key' });
      return all();
    });
    expect(result).toEqual([thing('a', 'Ada')]);
    const single = database.execute(() => {
      things.delete('a');
      throw new Error('no');
    });
    await expect(single).rejects.toThrow('no');
    expect(await all()).toEqual([thing('a', 'Ada')]);
  });

  it('takes back what a foreign key has deleted', async () => {
    const parts = database.table<Thing>('parts');
    await insert(thing('a'));
    await database.execute(() => parts.insert({ ...thing('p'), parentId: 'a' }));
    const remove = () =>
      database.execute(() => {
        database.deleteWhere('parts', 'parentId', 'a');
        things.delete('a');
      });
    await rolledBack(remove);
    expect(await database.execute(() => parts.get('p'))).toMatchObject({ parentId: 'a' });
    await remove();
    expect(await database.execute(() => parts.get('p'))).toBeUndefined();
  });

  it('gives out copies, and takes copies in', async () => {
    const row = { ...thing('a'), tags: ['one'] };
    const given = await insert(row);
    row.tags.push('two');
    for (const copy of [given, ...(await all())]) Reflect.set(copy, 'name', 'Eve');
    expect(await all()).toEqual([{ ...thing('a'), tags: ['one'] }]);
  });

  it('lets a statement of others wait for the end of the transaction', async () => {
    const order: string[] = [];
    let go = (): void => undefined;
    const gate = new Promise<void>((resolve) => (go = resolve));
    const transaction = database.run(async () => {
      await insert(thing('a', 'Ada'));
      await gate;
      order.push('transaction');
      throw new Error('no');
    });
    const outside = all().then((rows) => order.push(`outside saw ${rows.length}`));
    go();
    await expect(transaction).rejects.toThrow('no');
    await outside;
    expect(order).toEqual(['transaction', 'outside saw 0']);
  });

  it('goes on after a statement or a transaction that failed', async () => {
    await expect(database.execute(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await rolledBack(() => insert(thing('a')));
    await insert(thing('a'));
    expect(await all()).toHaveLength(1);
  });
});
