import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { logIn, meStatus, refresh, refusal, signUp, signUpAndLogIn } from './support/accounts.js';
import { createTestDatabase, onRealPostgres, type TestDatabase } from './support/database.js';
import { BOTH_MODES } from './support/matrix.js';
import { startTestApp, type TestApp } from './support/test-app.js';

const describeOnPostgres = onRealPostgres ? describe : describe.skip;
if (!onRealPostgres) process.stdout.write('Skipped, since they need PostgreSQL (DATABASE_URL): replicas.\n');

/** A replica that has never heard of anybody: what is read from it is empty, and what works has not asked it. */
for (const cell of BOTH_MODES) {
  describeOnPostgres(`A read replica [${cell.mode}]`, () => {
    let primary: TestDatabase;
    let replica: TestDatabase;
    let app: TestApp;

    beforeAll(async () => {
      [primary, replica] = [await createTestDatabase(), await createTestDatabase()];
      app = await startTestApp({ ...cell, database: primary, replicaUrls: [replica.url ?? ''] });
    }, 60_000);

    afterAll(async () => {
      await app?.close();
      await primary?.drop();
      await replica?.drop();
    });

    const listed = async (token: string): Promise<unknown[]> => {
      const counts: unknown[] = [];
      for (const path of ['/sessions', '/organizations', '/me/accounts']) {
        const answer = await app.api.get(path, { token });
        expect(answer.status).toBe(200);
        counts.push(answer.body['total']);
      }
      return counts;
    };

    it('gets the listings, and nothing is decided by it', async () => {
      const account = await signUp(app);
      const session = await logIn(app, account);
      const named = await app.api.post(
        '/organizations',
        { name: 'Keep', slug: `keep-${account.username}` },
        { token: session.access },
      );
      expect(named.status).toBe(201);
      expect(await listed(session.access)).toEqual([0, 0, 0]);
      expect(await meStatus(app, session.access)).toBe(200);
      const next = await refresh(app, session.refresh);
      expect(next.status).toBe(200);
      expect(
        refusal(await app.api.post('/signup', { email: account.email, password: 'a moat of 9 eels' })),
      ).toEqual([409, 'core.email_taken']);
      const token = next.body.access_token;
      expect((await app.api.get(`/organizations/${named.body['id']}`, { token })).status).toBe(200);
      expect(refusal(await app.api.delete(`/sessions/${session.sessionId}`, undefined, { token }))).toEqual([
        204,
        undefined,
      ]);
      expect(await meStatus(app, token)).toBe(401);
    });

    it('is done without while it is away', async () => {
      const session = await signUpAndLogIn(app);
      expect((await listed(session.access))[0]).toBe(0);
      await replica.takeAway();
      expect((await listed(session.access))[0]).toBe(1);
    });
  });
}
