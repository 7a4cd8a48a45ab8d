import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type DynamicModule, type INestApplication, Logger, Module, type Type } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { Redis } from 'ioredis';
import type { OpenAPIObject } from '@nestjs/swagger';
import { type Env, parseVariables, type VariableName } from '../../src/app/env/env.js';
import { PreviewMailboxes } from '../../src/app/mail-preview/preview-mailboxes.js';
import { createOpenApiDocument } from '../../src/app/openapi.js';
import { createApp } from '../../src/app/create-app.js';
import { CASTELLAN_ENTITIES, castellanMigrations } from '../../src/castellan.schema.js';
import { OutboxWorker } from '../../src/modules/core/outbox/outbox.worker.js';
import { createDataSourceOptions } from '../../src/shared/persistence/data-source.js';
import { TypeOrmContext } from '../../src/shared/persistence/typeorm-context.js';
import { typeormStorage } from '../../src/shared/persistence/typeorm-storage.js';
import { type Exchange, TestClient } from '../../src/testing/test-client.js';
import { TEST_SECRETS, TEST_SIGNING_KEYS } from '../../src/testing/test-keys.js';
import { TestMailbox } from '../../src/testing/test-mailbox.js';
import { createTestDatabase, pooler, type TestDatabase } from './database.js';
import { createMountedHost, MOUNT_PATH } from './mounted-host.js';
import { undocumentedAnswers } from './openapi.js';

export interface Cell {
  readonly mode: 'session' | 'stateless';
  readonly adapter: 'express' | 'fastify';
  readonly mount: 'standalone' | 'mounted';
}

export interface TestAppOptions extends Partial<Cell> {
  /** Variables as text, over the test's own. */
  readonly env?: Readonly<Partial<Record<VariableName, string>>>;
  /** Another instance's, to run a second one beside it. @default one of its own, dropped with the app */
  readonly database?: TestDatabase;
  /** Another instance's. */
  readonly mailbox?: TestMailbox;
  /** Modules of the host's own, with what Castellan discovers there. */
  readonly imports?: readonly Type[];
  /** @default none, as without `REDIS_URL` */
  readonly redis?: Redis;
  /** Databases that stand for read replicas. @default none */
  readonly replicaUrls?: readonly string[];
}

export const APP_URL = 'https://id.example.test';

/** Quiet: a test looks at answers. `TEST_LOG=1` shows the log. */
const LOUD = process.env['TEST_LOG'] === '1';

/** A running application, and what a test needs to look at it from outside. */
export class TestApp {
  readonly exchanges: Exchange[] = [];
  private document: OpenAPIObject | undefined;
  readonly api: TestClient;
  /** The whole server, not only Castellan's routes. */
  readonly root: TestClient;

  constructor(
    readonly app: INestApplication,
    readonly url: string,
    readonly basePath: string,
    readonly env: Env,
    readonly mailbox: TestMailbox,
    readonly database: TestDatabase,
    private readonly ownsDatabase: boolean,
  ) {
    const record = (exchange: Exchange): void => void this.exchanges.push(exchange);
    this.api = new TestClient(`${url}${basePath}`, record);
    this.root = new TestClient(url, record);
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  /** Made once: while it is made, connections that wait run out. */
  get openApi(): OpenAPIObject {
    this.document ??= createOpenApiDocument(this.app, APP_URL);
    return this.document;
  }

  /** Sends what waits to be sent. */
  async drainOutbox(): Promise<void> {
    await this.app.get(OutboxWorker, { strict: false }).drain();
  }

  /** SQL through the pool of the app. */
  sql<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return this.app.get(TypeOrmContext, { strict: false }).query<Row>(text, values);
  }

  /** Answers so far that the OpenAPI document does not know. */
  undocumented(): string[] {
    return undocumentedAnswers(this.openApi, this.exchanges).filter((answer) => !answer.includes(' /host/'));
  }

  async close(): Promise<void> {
    await this.app.close();
    if (this.ownsDatabase) await this.database.drop();
  }
}

/** Starts the standalone app, or a host that has Castellan mounted, on a free port of this machine and a migrated database. */
export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const env = testEnv(options);
  const database = options.database ?? (await createTestDatabase());
  const mailbox = options.mailbox ?? new TestMailbox();
  const previews = Object.assign(new PreviewMailboxes(), { mail: mailbox.mail, sms: mailbox.sms });
  const parts = {
    env,
    previews,
    redis: options.redis ?? null,
    storage: typeormStorage({
      migrations: castellanMigrations(),
      preparedStatements: env.DATABASE_PREPARED_STATEMENTS,
    }),
    database: withModules(dataSourceModule(env, database, options.replicaUrls), options.imports),
  };
  if (!LOUD) Logger.overrideLogger(false);
  const mounted = options.mount === 'mounted';
  const app = mounted ? await createMountedHost(parts) : await createApp(parts);
  if (!LOUD) Logger.overrideLogger(false);
  // While a test is busy for longer than Node's five seconds, the client would send on a connection that is being closed.
  Object.assign(app.getHttpServer(), { keepAliveTimeout: 60_000 });
  await app.listen(0, '127.0.0.1');
  const address: unknown = app.getHttpServer().address();
  const port = typeof address === 'object' && address !== null ? String(Reflect.get(address, 'port')) : '';
  const basePath = mounted ? MOUNT_PATH : '/auth';
  return new TestApp(
    app,
    `http://127.0.0.1:${port}`,
    basePath,
    env,
    mailbox,
    database,
    options.database === undefined,
  );
}

/** Variables of a test, as text. */
export function testVariables({
  mode = 'session',
  adapter = 'express',
  env = {},
}: TestAppOptions = {}): Partial<Record<VariableName, string>> {
  return {
    NODE_ENV: 'test',
    APP_URL,
    AUTH_MODE: mode,
    HTTP_ADAPTER: adapter,
    AUTH_SECRETS: TEST_SECRETS,
    AUTH_SIGNING_KEYS: TEST_SIGNING_KEYS,
    RATE_LIMIT_MULTIPLIER: '0',
    DATABASE_POOL_MAX: '10',
    DATA_DIR: join(tmpdir(), `castellan-test-${process.pid}`),
    LOG_LEVEL: 'fatal',
    // Jest cannot load what @fastify/static requires (an ES module, by `require`); `startup.e2e-spec.ts` looks at the docs in a process of its own.
    DOCS: adapter === 'fastify' ? 'off' : 'on',
    ...env,
    ...(pooler !== undefined && { DATABASE_PREPARED_STATEMENTS: 'off' }),
  };
}

function testEnv(options: TestAppOptions): Env {
  // bcrypt's lowest cost, which no environment can ask for.
  return { ...parseVariables(testVariables(options)), BCRYPT_COST: 4 };
}

function dataSourceModule(
  env: Env,
  { url, embedded }: TestDatabase,
  replicaUrls?: readonly string[],
): DynamicModule {
  return TypeOrmModule.forRoot({
    ...createDataSourceOptions({
      ...(embedded ? { embedded } : { url: url ?? '', replicaUrls }),
      entities: CASTELLAN_ENTITIES,
      poolMax: env.DATABASE_POOL_MAX,
      statementTimeoutMs: env.DATABASE_STATEMENT_TIMEOUT_MS,
      acquireTimeoutMs: env.DATABASE_ACQUIRE_TIMEOUT_MS,
      applicationName: `castellan-test-${randomBytes(3).toString('hex')}`,
    }),
    retryAttempts: 0,
  });
}

@Module({})
class TestHostModule {}

/** The modules come along with the database: the one module that an application is given. */
function withModules(database: DynamicModule, imports: readonly Type[] = []): DynamicModule {
  return imports.length === 0 ? database : { module: TestHostModule, imports: [database, ...imports] };
}

/** Asks until it holds, at most so often; what is asked for comes about by itself. */
export async function eventually(holds: () => Promise<boolean>, tries = 40, pauseMs = 50): Promise<boolean> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    if (await holds()) return true;
    await sleep(pauseMs);
  }
  return false;
}
