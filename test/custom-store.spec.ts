import 'reflect-metadata';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TypeOrmModule } from '@nestjs/typeorm';
import bcrypt from 'bcrypt';
import { DataSource } from 'typeorm';
import { JsonFileDatabase } from '../examples/custom-store/src/json-file-database.js';
import { JsonFileStorage, jsonFileStorage } from '../examples/custom-store/src/json-file-storage.js';
import { LegacyUsersRepository } from '../examples/custom-store/src/legacy-users.repository.js';
import {
  CASTELLAN_ENTITIES,
  castellanMigrations,
  createDataSourceOptions,
  createEmbeddedDatabase,
  type EmbeddedDatabase,
  Storage,
  typeormStorage,
  UserRepository,
} from '../src/index.js';
import {
  createContractStore,
  createTestAuth,
  describeRepositories,
  describeSessionRepository,
  describeTokenRepository,
  describeUserRepository,
  type TestAuth,
  type TestAuthOptions,
} from '../src/testing/index.js';
import { configuredEngine, sqlStore } from './support/sql-store.js';

const started: TestAuth[] = [];

async function start(options: TestAuthOptions): Promise<TestAuth> {
  const auth = await createTestAuth(options);
  started.push(auth);
  return auth;
}

afterEach(async () => {
  await Promise.all(started.splice(0).map((auth) => auth.close()));
});

const LEGACY_TABLE = 'public.legacy_users (email text, full_name text, password_hash text)';
const ADA = { email: 'ada@example.com', password: 'a gatehouse of 7 towers' };

describeRepositories('a JSON file', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'castellan-json-'));
  const store = await createContractStore({
    storage: jsonFileStorage({ file: join(directory, 'store.json') }),
  });
  return {
    get: store.get,
    close: async () => {
      await store.close();
      rmSync(directory, { recursive: true });
    },
  };
});

describe('accounts of an older system, by contract', () => {
  const setup = sqlStore(
    configuredEngine,
    typeormStorage({
      migrations: castellanMigrations(),
      overrides: [{ provide: UserRepository, useClass: LegacyUsersRepository }],
    }),
  );
  const withLegacyTable = async () => {
    const store = await setup();
    await store.get(DataSource).query(`CREATE TABLE IF NOT EXISTS ${LEGACY_TABLE}`);
    return store;
  };

  // The one that is replaced, and those that read accounts or end with them.
  describeUserRepository('LegacyUsersRepository', withLegacyTable);
  describeSessionRepository('the shipped one beside it', withLegacyTable);
  describeTokenRepository('the shipped one beside it', withLegacyTable);
});

describe('a store of one’s own: a JSON file', () => {
  let directory: string;
  let file: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'castellan-json-'));
    file = join(directory, 'store.json');
  });

  afterEach(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  it.each(['session', 'stateless'] as const)(
    'keeps accounts, sessions and revocations through a restart (%s)',
    async (mode) => {
      const first = await start({ mode, storage: jsonFileStorage({ file }) });
      expect((await first.api.post('/signup', ADA)).status).toBe(201);
      await first.drainOutbox();
      const code = first.mailbox.lastToken(ADA.email);
      expect((await first.api.post('/email/verify/confirm', { token: code })).status).toBe(200);
      const [phone, laptop] = await Promise.all([
        first.api.post('/login', ADA),
        first.api.post('/login', ADA),
      ]);
      expect(
        (
          await first.api.delete(`/sessions/${phone.body.session_id}`, undefined, {
            token: laptop.body.access_token,
          })
        ).status,
      ).toBe(204);
      await first.close();

      const second = await start({ mode, storage: jsonFileStorage({ file }) });
      const me = await second.api.get('/me', { token: laptop.body.access_token });
      expect(me.body).toMatchObject({ email: ADA.email, email_verified: true });
      expect((await second.api.get('/me', { token: phone.body.access_token })).status).toBe(401);
      expect((await second.api.post('/refresh', { refresh_token: laptop.body.refresh_token })).status).toBe(
        200,
      );
      expect((await second.api.post('/email/verify/confirm', { token: code })).status).toBe(400);
      expect((await second.api.post('/signup', ADA)).body.code).toBe('core.email_taken');
    },
  );

  it('writes nothing of a transaction that rolls back, and takes back what the disk refuses', async () => {
    const database = new JsonFileDatabase(file);
    const table = database.table<{ id: string; at: Date }>('things');
    await database.execute(() => table.insert({ id: 'one', at: new Date(7) }));
    const failing = database.run(async () => {
      await database.execute(() => table.insert({ id: 'two', at: new Date(8) }));
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(readFileSync(file, 'utf8')).not.toContain('two');

    rmSync(directory, { recursive: true });
    await expect(database.execute(() => table.insert({ id: 'three', at: new Date(9) }))).rejects.toThrow(
      'ENOENT',
    );
    expect(await database.execute(() => table.filter().map(({ id }) => id))).toEqual(['one']);
  });

  it('answers readiness, and says which migrations it cannot run', async () => {
    const auth = await start({ storage: jsonFileStorage({ file }) });
    const storage = auth.app.get(Storage, { strict: false });
    await storage.migrate();
    await storage.ping();
    await expect(storage.migrate(castellanMigrations())).rejects.toThrow('SQL migrations of core');
    rmSync(directory, { recursive: true });
    await expect(storage.ping()).rejects.toThrow('ENOENT');
  });

  it('is closed once, when the application has stopped', async () => {
    const closed: string[] = [];
    class ClosingStorage extends JsonFileStorage {
      override close(): Promise<void> {
        closed.push(file);
        return super.close();
      }
    }
    const storage = jsonFileStorage({ file });
    const providers = [
      ...(storage.module.providers ?? []),
      { provide: Storage, useValue: new ClosingStorage(file) },
    ];
    const auth = await start({ storage: { ...storage, module: { ...storage.module, providers } } });
    expect(closed).toEqual([]);
    await auth.close();
    expect(closed).toHaveLength(1);
  });
});

describe('one repository replaced: accounts of an older system', () => {
  let embedded: EmbeddedDatabase;

  beforeEach(async () => {
    embedded = await createEmbeddedDatabase();
  }, 60_000);

  afterEach(async () => {
    await Promise.all(started.splice(0).map((auth) => auth.close()));
    await embedded.close();
  });

  it('moves an account over when its owner signs in, and lets nobody else have its address', async () => {
    const auth = await start({
      imports: [
        TypeOrmModule.forRoot({
          ...createDataSourceOptions({ embedded, entities: CASTELLAN_ENTITIES }),
          retryAttempts: 0,
        }),
      ],
      storage: typeormStorage({
        migrations: castellanMigrations(),
        overrides: [{ provide: UserRepository, useClass: LegacyUsersRepository }],
      }),
    });
    await auth.app.get(Storage, { strict: false }).migrate();
    const dataSource = auth.app.get(DataSource, { strict: false });
    await dataSource.query(`CREATE TABLE ${LEGACY_TABLE}`);
    await dataSource.query('INSERT INTO public.legacy_users VALUES ($1, $2, $3), ($4, NULL, $3)', [
      'Ada@Example.com',
      'Ada Lovelace',
      await bcrypt.hash(ADA.password, 4),
      'grace@example.com',
    ]);

    const logins = await Promise.all(Array.from({ length: 5 }, () => auth.api.post('/login', ADA)));
    expect(logins.map(({ status }) => status)).toContain(200);
    expect(logins.filter(({ status }) => status >= 500)).toEqual([]);
    const { users } = (await dataSource.query('SELECT count(*)::int AS users FROM castellan.users'))[0];
    expect(users).toBe(1);
    expect((await auth.api.post('/login', { ...ADA, password: 'another one of 7' })).status).toBe(401);
    expect(
      (await auth.api.post('/signup', { email: 'grace@example.com', password: 'mine now, I suppose' })).body
        .code,
    ).toBe('core.email_taken');
    expect(
      (await auth.api.post('/signup', { email: 'new@example.com', password: 'a gatehouse of 7 towers' }))
        .status,
    ).toBe(201);
  }, 60_000);
});
