import 'reflect-metadata';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { createDataSourceOptions } from '../src/shared/persistence/data-source.js';
import { surviveLostConnections } from '../src/shared/persistence/lost-connections.js';
import { TypeOrmContext } from '../src/shared/persistence/typeorm-context.js';
import { TypeOrmTransactionRunner } from '../src/shared/persistence/typeorm-transaction-runner.js';
import { createTestDatabase, onRealPostgres, type TestDatabase } from './support/database.js';
import { FlakyDatabase } from './support/flaky-database.js';

const MAX_RETRIES = 2;

let database: TestDatabase;
let dataSource: DataSource;
let context: TypeOrmContext;
let transactions: TypeOrmTransactionRunner;

/** A connection pool of its own to the database of these tests. */
async function connect(through: TestDatabase = database): Promise<DataSource> {
  const { url, embedded } = through;
  const options = createDataSourceOptions({
    url: url ?? undefined,
    embedded: embedded ?? undefined,
    entities: [],
  });
  return new DataSource(options).initialize();
}

beforeAll(async () => {
  database = await createTestDatabase();
  dataSource = await connect();
  context = new TypeOrmContext(dataSource, { preparedStatements: true });
  surviveLostConnections(context.pool);
  transactions = new TypeOrmTransactionRunner(context, { maxRetries: MAX_RETRIES });
  await context.query('CREATE TABLE public.numbers (value int PRIMARY KEY)');
}, 60_000);

afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});

beforeEach(() => context.query('DELETE FROM public.numbers'));

const insert = (value: number) => context.query('INSERT INTO public.numbers VALUES ($1)', [value]);
const values = async (): Promise<number[]> =>
  (await context.query<{ value: number }>('SELECT value FROM public.numbers ORDER BY value')).map(
    (row) => row.value,
  );
const raise = (code: string) =>
  context.query(`DO $$ BEGIN RAISE EXCEPTION 'refused' USING ERRCODE = '${code}'; END $$`);

describe('repeating a transaction', () => {
  it.each(['40001', '40P01', '08006', '57P01'])(
    'repeats after %s, and keeps one of the writes',
    async (code) => {
      let runs = 0;
      const said: number[] = [];
      const result = await transactions.run(async () => {
        runs += 1;
        const run = runs;
        transactions.afterCommit(() => void said.push(run));
        await insert(run);
        if (run <= MAX_RETRIES) await raise(code);
        return run;
      });
      expect(result).toBe(3);
      expect(await values()).toEqual([3]);
      // What was to happen after the commits that never came is dropped.
      expect(said).toEqual([3]);
    },
  );

  it('gives up after the retries that it is allowed', async () => {
    let runs = 0;
    const work = transactions.run(async () => {
      runs += 1;
      await raise('40001');
    });
    await expect(work).rejects.toMatchObject({ code: '40001' });
    expect(runs).toBe(MAX_RETRIES + 1);
  });

  it.each(['23505', '25P02', '55P03', '57014', '22P02', 'P0001'])(
    'does not repeat after %s',
    async (code) => {
      let runs = 0;
      const work = transactions.run(async () => {
        runs += 1;
        await insert(runs);
        await raise(code);
      });
      await expect(work).rejects.toMatchObject({ code });
      expect(runs).toBe(1);
      expect(await values()).toEqual([]);
    },
  );

  it('repeats nothing where that is not allowed, nor what fails without the database', async () => {
    let runs = 0;
    const forbidden = transactions.run(
      async () => {
        runs += 1;
        await raise('40001');
      },
      { retry: false },
    );
    await expect(forbidden).rejects.toMatchObject({ code: '40001' });
    const own = transactions.run(() => {
      runs += 1;
      return Promise.reject(new Error('no'));
    });
    await expect(own).rejects.toThrow('no');
    expect(runs).toBe(2);
  });

  it('repeats the outermost work, whole, where a nested one fails', async () => {
    const runs = { outer: 0, inner: 0 };
    await transactions.run(async () => {
      runs.outer += 1;
      await insert(runs.outer);
      await transactions.run(async () => {
        runs.inner += 1;
        if (runs.inner === 1) await raise('40001');
      });
    });
    expect(runs).toEqual({ outer: 2, inner: 2 });
    expect(await values()).toEqual([2]);
  });

  it('repeats after a serialization failure that COMMIT reports', async () => {
    await failingAtCommit("RAISE EXCEPTION 'refused' USING ERRCODE = '40001'", async () => {
      let runs = 0;
      await transactions.run(async () => {
        runs += 1;
        await insert(runs === 1 ? -1 : 1);
      });
      expect(runs).toBe(2);
      expect(await values()).toEqual([1]);
    });
  });
});

describe('the time of a statement', () => {
  const timeout = async () =>
    (await context.query<{ timeout: string }>("SELECT current_setting('statement_timeout') AS timeout"))[0]
      ?.timeout;

  it('is set for one transaction', async () => {
    const usual = await timeout();
    expect(await transactions.run(timeout, { statementTimeoutMs: 1_234 })).toBe('1234ms');
    expect(await transactions.run(timeout)).toBe(usual);
    const failing = transactions.run(() => raise('P0001'), { statementTimeoutMs: 1_234 });
    await expect(failing).rejects.toMatchObject({ code: 'P0001' });
    expect(await Promise.all(Array.from({ length: 10 }, timeout))).toEqual(Array(10).fill(usual));
  });

  it('is that of the outermost transaction', async () => {
    const nested = () => transactions.run(timeout, { statementTimeoutMs: 99 });
    expect(await transactions.run(nested, { statementTimeoutMs: 1_234 })).toBe('1234ms');
  });
});

if (onRealPostgres) {
  describe('on a server', () => {
    it('ends a statement that takes longer, and the transaction with it', async () => {
      const work = transactions.run(
        async () => {
          await insert(1);
          await context.query('SELECT pg_sleep(5)');
        },
        { statementTimeoutMs: 50 },
      );
      await expect(work).rejects.toMatchObject({ code: '57014' });
      expect(await values()).toEqual([]);
    });

    it('gets two transactions through that lock each other out', async () => {
      await insert(1);
      await insert(2);
      let runs = 0;
      const lock = (value: number) =>
        context.query('SELECT 1 FROM public.numbers WHERE value = $1 FOR UPDATE', [value]);
      const crosswise = (first: number, second: number) =>
        transactions.run(async () => {
          runs += 1;
          await lock(first);
          await sleep(100);
          await lock(second);
        });
      await Promise.all([crosswise(1, 2), crosswise(2, 1)]);
      expect(runs).toBeGreaterThan(2);
    });

    it('goes on with another connection where its own was ended before the commit', async () => {
      let runs = 0;
      await transactions.run(async () => {
        runs += 1;
        await insert(runs);
        if (runs === 1) await context.query('SELECT pg_terminate_backend(pg_backend_pid())');
      });
      expect(await values()).toEqual([2]);
    });

    it('does not repeat where the connection was ended in the commit: nobody knows how that went', async () => {
      await failingAtCommit(
        'PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(1)',
        async () => {
          let runs = 0;
          const work = transactions.run(async () => {
            runs += 1;
            await insert(-1);
          });
          await expect(work).rejects.toMatchObject({ code: '57P01' });
          expect(runs).toBe(1);
        },
      );
    });

    it('lets an error of the network through, gives the connection up, and works again afterwards', async () => {
      const flaky = await FlakyDatabase.before(database);
      const far = await connect(flaky.through(database));
      const farContext = new TypeOrmContext(far, { preparedStatements: true });
      surviveLostConnections(farContext.pool);
      const farTransactions = new TypeOrmTransactionRunner(farContext, { maxRetries: MAX_RETRIES });
      const write = (value: number) => farContext.query('INSERT INTO public.numbers VALUES ($1)', [value]);
      const broken = farTransactions.run(async () => {
        await write(1);
        await flaky.down();
        await write(2);
      });
      await expect(broken).rejects.toThrow();
      await flaky.up();
      await farTransactions.run(() => write(3));
      expect(await values()).toEqual([3]);
      await far.destroy();
      await flaky.down();
    });
  });
}

/** While `work` runs, a transaction that has inserted a negative number does that at its COMMIT. */
async function failingAtCommit(statement: string, work: () => Promise<void>): Promise<void> {
  await context.query(
    `CREATE FUNCTION public.at_commit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${statement}; RETURN NULL; END $$`,
  );
  await context.query(
    'CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON public.numbers DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.value < 0) EXECUTE FUNCTION public.at_commit()',
  );
  try {
    await work();
  } finally {
    await context.query('DROP FUNCTION public.at_commit() CASCADE');
  }
}
