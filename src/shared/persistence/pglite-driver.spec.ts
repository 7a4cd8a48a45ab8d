import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { createDataSourceOptions } from './data-source.js';
import { createEmbeddedDatabase, type EmbeddedDatabase } from './embedded-database.js';
import { pgliteDriver } from './pglite-driver.js';
import { TypeOrmContext } from './typeorm-context.js';
import { TypeOrmTransactionRunner } from './typeorm-transaction-runner.js';

describe(pgliteDriver.name, () => {
  let embedded: EmbeddedDatabase;
  let dataSource: DataSource;
  let context: TypeOrmContext;
  let transactions: TypeOrmTransactionRunner;

  beforeAll(async () => {
    embedded = await createEmbeddedDatabase();
    dataSource = await new DataSource(
      createDataSourceOptions({ embedded, entities: [], acquireTimeoutMs: 300 }),
    ).initialize();
    context = new TypeOrmContext(dataSource, { preparedStatements: true });
    transactions = new TypeOrmTransactionRunner(context, { maxRetries: 2 });
    await context.query('CREATE TABLE numbers (value int PRIMARY KEY)');
  });

  afterAll(async () => {
    await dataSource.destroy();
    await embedded.close();
  });

  const count = async (): Promise<number> => {
    const [row] = await context.statement<{ count: number }>(
      'count',
      'SELECT count(*)::int AS count FROM numbers',
      [],
    );
    return row?.count ?? NaN;
  };

  it('keeps two overlapping transactions apart', async () => {
    const seen: number[] = [];
    const insert = (value: number, fail: boolean) =>
      transactions.run(async () => {
        await context.query('INSERT INTO numbers VALUES ($1)', [value]);
        await new Promise((resolve) => setTimeout(resolve, 20));
        seen.push(await count());
        if (fail) throw new Error('rolled back');
      });
    const results = await Promise.allSettled([insert(1, true), insert(2, false)]);
    expect(results.map((result) => result.status)).toEqual(['rejected', 'fulfilled']);
    expect(seen).toEqual([1, 1]);
    expect(await count()).toBe(1);
  });

  it('answers as pg does', async () => {
    const [row] = await context.query<{ at: Date; big: string; json: unknown; bytes: Buffer }>(
      `SELECT now() AS at, 1::int8 AS big, '{"a":1}'::jsonb AS json, '\\x01'::bytea AS bytes`,
    );
    expect(row?.at).toBeInstanceOf(Date);
    expect(row).toMatchObject({ big: '1', json: { a: 1 } });
    expect(row?.bytes).toEqual(Buffer.from([1]));
  });

  it('goes on with prepared statements after a client was discarded in a transaction', async () => {
    await expect(context.query('SELECT * FROM nowhere')).rejects.toMatchObject({ code: '42P01' });
    expect(await count()).toBe(1);
    expect(await count()).toBe(1);
  });

  it('refuses in time when the connection cannot be had', async () => {
    await transactions.run(async () => {
      await expect(context.leave(() => context.query('SELECT 1'))).rejects.toThrow(/timeout/);
    });
    expect(await count()).toBe(1);
  });
});
