import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { logIn, meStatus, PASSWORD, refresh, refusal, signUpAndLogIn } from './support/accounts.js';
import { createTestDatabase, onRealPostgres, type TestDatabase } from './support/database.js';
import { FlakyDatabase } from './support/flaky-database.js';
import { STANDALONE } from './support/matrix.js';
import { eventually, startTestApp, type TestApp } from './support/test-app.js';

for (const cell of STANDALONE) {
  describe(`Health [${cell.mode}, ${cell.adapter}]`, () => {
    let database: TestDatabase;
    let flaky: FlakyDatabase | undefined;
    let app: TestApp;

    beforeAll(async () => {
      database = await createTestDatabase();
      flaky = onRealPostgres ? await FlakyDatabase.before(database) : undefined;
      app = await startTestApp({ ...cell, database: flaky?.through(database) ?? database });
    }, 60_000);

    afterAll(async () => {
      await app?.close();
      await flaky?.down();
      await database?.drop();
    });

    /** The embedded database cannot come back. */
    const cut = (): Promise<void> => flaky?.down() ?? database.takeAway();

    it('is ready while the database answers, and alive without it; then nobody passes (R66)', async () => {
      const session = await signUpAndLogIn(app);
      expect((await app.root.get('/health/live')).body).toEqual({ status: 'ok' });
      const ready = await app.root.get('/health/ready');
      expect([ready.status, ready.headers.get('cache-control'), ready.body]).toMatchObject([
        200,
        'no-store',
        { status: 'ok', database: { status: 'up', latency_ms: expect.any(Number) } },
      ]);
      await app.drainOutbox();
      await cut();
      expect((await app.root.get('/health/live')).status).toBe(200);
      const down = await app.root.get('/health/ready');
      expect([down.status, down.body]).toMatchObject([
        503,
        { status: 'unavailable', database: { status: 'down' } },
      ]);
      // Stateless: once the denylist is older than a second, nobody can say that nothing was revoked.
      expect(await eventually(async () => (await meStatus(app, session.access)) >= 500)).toBe(true);
      const answers = [
        await app.api.get('/me', { token: session.access }),
        await app.api.patch('/me', { name: 'x' }, { token: session.access }),
        await refresh(app, session.refresh),
        await app.api.post('/login', { email: session.email, password: PASSWORD }),
        await app.api.post('/password/forgot', { email: session.email }),
      ];
      for (const answer of answers) {
        expect([answer.status, answer.headers.get('content-type')]).toEqual([
          onRealPostgres ? 503 : expect.any(Number),
          expect.stringContaining('application/problem+json'),
        ]);
        expect(answer.status).toBeGreaterThanOrEqual(500);
        expect(answer.text).not.toMatch(/pool|pglite|connect|ECONN|sql|127\.0\.0\.1/i);
      }
      expect(refusal(await app.api.get('/me'))).toEqual([401, 'core.unauthenticated']);
      if (!flaky) return;
      await flaky.up();
      expect(await eventually(async () => (await app.root.get('/health/ready')).status === 200)).toBe(true);
      expect(await eventually(async () => (await meStatus(app, session.access)) === 200)).toBe(true);
      expect((await refresh(app, session.refresh)).status).toBe(200);
      await logIn(app, session);
    });
  });
}
