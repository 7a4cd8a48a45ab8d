import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CastellanModule } from '../src/castellan.module.js';
import { parseVariables } from '../src/app/env/env.js';
import { readSecrets, readSigningKeys } from '../src/app/key-material.js';
import { session } from '../src/modules/session/index.js';
import { stateless } from '../src/modules/stateless/index.js';
import { inMemoryStorage } from '../src/shared/persistence/in-memory-storage.js';
import {
  createTestAuth,
  TEST_SECRETS,
  TEST_SIGNING_KEYS,
  testKeyRing,
  testSigningKeys,
} from '../src/testing/index.js';
import { runToEnd, startChild } from './support/child.js';

const directory = mkdtempSync(join(tmpdir(), 'castellan-startup-'));

afterAll(() => rmSync(directory, { recursive: true, force: true }));

const GOOD = {
  NODE_ENV: 'production',
  APP_URL: 'https://id.example.test',
  AUTH_SECRETS: TEST_SECRETS,
  AUTH_SIGNING_KEYS: TEST_SIGNING_KEYS,
  STORE_BACKEND: 'memory',
  DATA_DIR: directory,
};

/** Everything that the start of the standalone app reads, without the start. */
function configure(variables: Readonly<Record<string, string | undefined>>): void {
  const env = parseVariables(variables);
  readSecrets(env);
  readSigningKeys(env);
}

function refusalOf(variables: Readonly<Record<string, string | undefined>>): string {
  try {
    configure(variables);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'accepted';
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('A bad configuration stops the start, and the message names the variable and not its value (S9, R32, R42)', () => {
  it('takes a good one', () => {
    expect(refusalOf(GOOD)).toBe('accepted');
  });

  it.each([
    ['AUTH_SECRETS', 'absent', undefined],
    ['AUTH_SECRETS', 'too short', `k:${base64('only-thirty-one-bytes-of-secret')}`],
    [
      'AUTH_SECRETS',
      'a known example',
      `k:${base64('your-super-secret-jwt-token-with-at-least-32-characters-long')}`,
    ],
    ['AUTH_SECRETS', 'a pattern', `k:${base64('a'.repeat(40))}`],
    ['AUTH_SECRETS', 'without an id', base64('castellan-another-secret-32-bytes!')],
    ['AUTH_SECRETS', 'no base64', 'k:not base64 but long enough to be one of them'],
    ['AUTH_SECRETS', 'one id twice', `${TEST_SECRETS},${TEST_SECRETS}`],
    ['AUTH_SIGNING_KEYS', 'absent', undefined],
    ['AUTH_SIGNING_KEYS', 'no key', 'zzz-not-a-key'],
    [
      'AUTH_SIGNING_KEYS',
      'a symmetric key under 256 bits',
      JSON.stringify({ kty: 'oct', k: Buffer.from('short-secret').toString('base64url') }),
    ],
    [
      'AUTH_SIGNING_KEYS',
      'a public key alone',
      JSON.stringify({ ...(JSON.parse(TEST_SIGNING_KEYS) as object), d: undefined }),
    ],
    ['APP_URL', 'absent', undefined],
    ['APP_URL', 'http', 'http://plain.example.test'],
    ['APP_URL', 'no URL', 'id.example.test/zzz'],
    ['AUTH_MODE', 'both', 'session,stateless'],
    ['AUTH_MODE', 'unknown', 'neither-of-them'],
    ['DATABASE_URL', 'another engine', 'mysql://root:hunter2@localhost/zzz'],
    ['PORT', 'no number', '80 80'],
    ['BCRYPT_COST', 'too low', '4'],
    ['PASSWORD_MIN_LENGTH', 'too low', '7'],
    ['ACCESS_TOKEN_TTL', 'without a unit', '987'],
    ['CORS_ORIGINS', 'a star', '*'],
    ['HTTP_ADAPTER', 'unknown', 'koa-zzz'],
  ])('%s %s', (variable, _what, value) => {
    const message = refusalOf({ ...GOOD, [variable]: value });
    expect(message).toContain(variable);
    expect(message).not.toBe('accepted');
    if (value !== undefined)
      for (const part of [value, value.slice(2)]) if (part.length > 3) expect(message).not.toContain(part);
  });

  it('names all that is wrong at once', () => {
    const message = refusalOf({ ...GOOD, PORT: 'x', BCRYPT_COST: 'x' });
    expect([message.includes('PORT'), message.includes('BCRYPT_COST')]).toEqual([true, true]);
  });
});

describe('Exactly one of session and stateless', () => {
  it.each([
    ['neither', []],
    ['both', [session(), stateless()]],
  ])('refuses %s, with a sentence that names them', async (_which, modules) => {
    @Module({
      imports: [
        CastellanModule.forRoot({
          appUrl: 'http://localhost:3000',
          secrets: testKeyRing(),
          signingKeys: testSigningKeys(),
          storage: inMemoryStorage(),
          modules,
        }),
      ],
    })
    class Host {}
    const start = async (): Promise<void> => {
      const app = await NestFactory.create(Host, { logger: false, abortOnError: false });
      await app.init();
      await app.close();
    };
    await expect(start()).rejects.toThrow(/session.*stateless/i);
  });
});

describe('The process', () => {
  it('exits with 1 where its configuration is bad, and tells why on stderr alone', async () => {
    const { code, output } = await runToEnd({ ...GOOD, AUTH_SECRETS: `k:${base64('hunter2')}`, PORT: '0' });
    expect(code).toBe(1);
    expect(output).toContain('AUTH_SECRETS');
    expect(output).not.toContain('hunter2');
    expect(output).not.toContain(base64('hunter2'));
    expect(output).not.toMatch(/\bat .*\.[jt]s/);
  }, 60_000);

  describe.each(['express', 'fastify'])('on %s', (adapter) => {
    let child: Awaited<ReturnType<typeof startChild>>;

    beforeAll(async () => {
      child = await startChild({
        HTTP_ADAPTER: adapter,
        STORE_BACKEND: 'memory',
        DATA_DIR: join(directory, adapter),
        NODE_ENV: 'development',
      });
    }, 70_000);

    it('serves the document and its page from here alone', async () => {
      const page = await fetch(`${child.url}/docs`);
      expect([page.status, page.headers.get('content-type')]).toEqual([
        200,
        expect.stringContaining('text/html'),
      ]);
      expect((await page.text()).match(/(src|href)="(https?:)?\/\//g)).toBeNull();
      const document = await fetch(`${child.url}/openapi.json`);
      expect([
        document.status,
        Object.keys(((await document.json()) as { paths: object }).paths).includes('/auth/login'),
      ]).toEqual([200, true]);
    });

    it('refuses TRACE', async () => {
      // fetch cannot send it.
      const { sendRaw } = await import('./support/race.js');
      const { status } = await sendRaw(
        Number(new URL(child.url).port),
        'TRACE /auth/me HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
      );
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
    });

    it('stops gently on SIGTERM', async () => {
      expect(await child.stop()).toBe(0);
      await expect(fetch(`${child.url}/health/live`)).rejects.toThrow();
    }, 30_000);
  });
});

describe('createTestAuth', () => {
  it.each(['session', 'stateless'] as const)(
    'boots in memory, with mailboxes and a clock [%s]',
    async (mode) => {
      const auth = await createTestAuth({ mode });
      try {
        const email = 'ada@example.com';
        const password = 'a gatehouse of 7 towers';
        expect((await auth.api.post('/signup', { email, password })).status).toBe(201);
        await auth.drainOutbox();
        expect(auth.mailbox.lastCode(email)).toMatch(/^\d{6}$/);
        expect(
          (await auth.api.post('/email/verify/confirm', { token: auth.mailbox.lastToken(email) })).status,
        ).toBe(200);
        const login = await auth.api.post('/login', { email, password });
        const token = login.body.access_token;
        expect((await auth.api.get('/me', { token })).body).toMatchObject({ email, email_verified: true });
        auth.clock.advance('16m');
        expect((await auth.api.get('/me', { token })).status).toBe(401);
        expect((await auth.api.post('/refresh', { refresh_token: login.body.refresh_token })).status).toBe(
          200,
        );
      } finally {
        await auth.close();
      }
    },
  );
});
