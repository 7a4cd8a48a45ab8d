import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Account, logIn, PASSWORD, refresh, signUp, type Tokens } from './support/accounts.js';
import { BOTH_MODES } from './support/matrix.js';
import { StatementCounter } from './support/statements.js';
import { startTestApp, type TestApp } from './support/test-app.js';

/** Statements of one request, without BEGIN and COMMIT. What needs more has a reason, and the reason is written down. */
const BUDGET = {
  session: { open: 0, authenticated: 1, login: 3, refresh: 3 },
  stateless: { open: 0, authenticated: 0, login: 3, refresh: 3 },
} as const;

for (const cell of BOTH_MODES) {
  describe(`Statements [${cell.mode}]`, () => {
    const counter = new StatementCounter();
    const budget = BUDGET[cell.mode];
    let app: TestApp;
    let account: Account;
    let tokens: Tokens;

    beforeAll(async () => {
      counter.install();
      app = await startTestApp(cell);
      account = await signUp(app);
      tokens = await logIn(app, account);
      // The first request after a login writes when it was last used; connections and prepared statements are there by now.
      await app.api.get('/sessions', { token: tokens.access });
      await app.drainOutbox();
    }, 60_000);

    afterAll(async () => {
      await app?.close();
      counter.uninstall();
    });

    it('sees the statements of requests at all', async () => {
      expect(await counter.during(async () => void (await signUp(app)))).toContainEqual(
        expect.stringContaining('castellan.users'),
      );
      await app.drainOutbox();
    });

    it(`takes ${budget.open} for a public route`, async () => {
      const statements = await counter.during(async () => {
        expect((await app.api.get('/.well-known/jwks.json')).status).toBe(200);
        expect((await app.api.post('/signup', {})).status).toBe(400);
        expect((await app.root.get('/health/live')).status).toBe(200);
        expect((await app.api.get('/me')).status).toBe(401);
        expect((await app.api.get('/me', { token: 'x' })).status).toBe(401);
      });
      expect(statements).toHaveLength(budget.open);
    });

    it(`takes ${budget.authenticated} to let a request pass`, async () => {
      // What the route itself needs is none here: its body is refused after the credential has been checked.
      const statements = await counter.during(async () => {
        expect((await app.api.patch('/me', { unknown: true }, { token: tokens.access })).status).toBe(400);
      });
      expect(statements).toHaveLength(budget.authenticated);
    });

    it(`takes ${budget.login} to log in`, async () => {
      const statements = await counter.during(async () => {
        expect((await app.api.post('/login', { email: account.email, password: PASSWORD })).status).toBe(200);
      });
      expect(statements.length).toBeGreaterThan(0);
      expect(statements.slice(budget.login)).toEqual([]);
    });

    it(`takes ${budget.refresh} to refresh`, async () => {
      const { refresh: token } = await logIn(app, account);
      const statements = await counter.during(async () => {
        expect((await refresh(app, token)).status).toBe(200);
      });
      expect(statements.length).toBeGreaterThan(0);
      expect(statements.slice(budget.refresh)).toEqual([]);
    });
  });
}
