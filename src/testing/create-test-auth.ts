import type { INestApplication, ModuleMetadata } from '@nestjs/common';
import type { AbstractHttpAdapter } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { type CastellanFeature, CastellanModule } from '../castellan.module.js';
import type { CoreOptions } from '../modules/core/core.options.js';
import { OutboxWorker } from '../modules/core/outbox/outbox.worker.js';
import { session } from '../modules/session/index.js';
import { stateless } from '../modules/stateless/index.js';
import { inMemoryStorage } from '../shared/persistence/in-memory-storage.js';
import type { StorageDefinition } from '../shared/persistence/storage.js';
import { Clock } from '../shared/time/clock.js';
import { FakeClock } from '../shared/time/fake-clock.js';
import { TestClient } from './test-client.js';
import { testKeyRing, testSigningKeys } from './test-keys.js';
import { TestMailbox } from './test-mailbox.js';

/** bcrypt's lowest: a hash takes about a millisecond. */
const LOWEST_COST = 4;

export interface TestAuthOptions extends Partial<CoreOptions> {
  /** @default 'session' */
  readonly mode?: 'session' | 'stateless';
  /** @default '/auth' */
  readonly basePath?: string;
  /** Modules beside the mode's. @default none */
  readonly modules?: readonly CastellanFeature[];
  /** @default everything in memory */
  readonly storage?: StorageDefinition;
  /** Modules of the host: its DataSource, controllers of its own … @default none */
  readonly imports?: ModuleMetadata['imports'];
  /** @default Express */
  readonly adapter?: AbstractHttpAdapter;
  /** @default a FakeClock at the present time */
  readonly clock?: FakeClock;
}

export interface TestAuth {
  readonly app: INestApplication;
  /** Where the application listens, e.g. `http://127.0.0.1:4711`. */
  readonly url: string;
  /** Speaks to `url` + `basePath`. */
  readonly api: TestClient;
  readonly mailbox: TestMailbox;
  /** Every expiry is decided by it. */
  readonly clock: FakeClock;
  /** Sends what waits to be sent. */
  drainOutbox(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Boots a Nest application with Castellan for tests: in memory, listening on a free port of this machine, with mailboxes, a clock that a test moves,
 * fixed keys, cheap hashes and without rate limits. Whatever is given replaces what is preset. Needs `@nestjs/testing`.
 *
 *     const auth = await createTestAuth();
 *     await auth.api.post('/signup', { email: 'ada@example.com', password: 'a gatehouse of 7 towers' });
 *     await auth.drainOutbox();
 *     await auth.api.post('/email/verify/confirm', { token: auth.mailbox.lastToken('ada@example.com') });
 */
export async function createTestAuth(options: TestAuthOptions = {}): Promise<TestAuth> {
  const {
    mode = 'session',
    basePath = '/auth',
    modules = [],
    storage = inMemoryStorage(),
    imports = [],
    adapter,
    clock,
    ...core
  } = options;
  const mailbox = new TestMailbox();
  const time = clock ?? new FakeClock(new Date());
  const testing = await Test.createTestingModule({
    imports: [
      ...imports,
      CastellanModule.forRoot({
        appUrl: 'http://localhost:3000',
        secrets: testKeyRing(),
        signingKeys: testSigningKeys(),
        mailSender: mailbox.mail,
        smsSender: mailbox.sms,
        rateLimitMultiplier: 0,
        ...core,
        password: { bcryptCost: LOWEST_COST, ...core.password },
        storage,
        basePath,
        modules: [mode === 'session' ? session() : stateless(), ...modules],
      }),
    ],
  })
    .overrideProvider(Clock)
    .useValue(time)
    .compile();
  const app = adapter
    ? testing.createNestApplication(adapter, { logger: false })
    : testing.createNestApplication({ logger: false });
  await app.listen(0, '127.0.0.1');
  const url = urlOf(app);
  return {
    app,
    url,
    api: new TestClient(`${url}${basePath}`),
    mailbox,
    clock: time,
    drainOutbox: () => app.get(OutboxWorker, { strict: false }).drain(),
    close: () => app.close(),
  };
}

function urlOf(app: INestApplication): string {
  const address: unknown = app.getHttpServer().address();
  if (typeof address !== 'object' || address === null || !('port' in address))
    throw new Error('The application does not listen.');
  return `http://127.0.0.1:${String(address.port)}`;
}
