import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OutboxWorker } from '../src/modules/core/outbox/outbox.worker.js';
import { TokenClaims } from '../src/modules/core/login/claims.js';
import {
  type Account,
  freshEmail,
  logIn,
  PASSWORD,
  refresh,
  signUp,
  type Tokens,
} from './support/accounts.js';
import { BOTH_MODES } from './support/matrix.js';
import { StatementCounter } from './support/statements.js';
import { startTestApp, type TestApp } from './support/test-app.js';

/** What mounted modules add to whatever makes tokens: the roles (rbac). */
const MODULES = 1;
/** And to a sign-in: the user's second factors (two-factor). */
const GATES = 1;
/** And the record of whatever is worth one (audit); a refresh is not. */
const RECORD = 1;

/** Statements of one request, without BEGIN and COMMIT. What needs more has a reason, and the reason is written down. */
const BUDGET = {
  session: {
    open: 0,
    authenticated: 1,
    login: 2 + MODULES + GATES + RECORD,
    refresh: 3 + MODULES,
    loser: 3 + MODULES,
    repeat: 1,
  },
  stateless: {
    open: 0,
    authenticated: 0,
    login: 2 + MODULES + GATES + RECORD,
    refresh: 3 + MODULES,
    loser: 3 + MODULES,
    repeat: 1,
  },
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

    it(`takes ${budget.loser} to lose against another refresh, ${budget.repeat} to repeat one`, async () => {
      const { refresh: token } = await logIn(app, account);
      const claims = app.app.get(TokenClaims, { strict: false });
      const collect = claims.collect.bind(claims);
      const winners: string[] = [];
      // Another refresh with the same token is done between the lookup of this one and its rotation.
      claims.collect = async (context) => {
        claims.collect = collect;
        winners.push(...(await counter.aside(async () => void (await refresh(app, token)))));
        return collect(context);
      };
      const lost = await counter.during(async () => {
        expect((await refresh(app, token)).status).toBe(200);
      });
      expect(winners.length).toBeGreaterThan(0);
      expect(lost.slice(budget.loser)).toEqual([]);
      const repeated = await counter.during(async () => {
        expect((await refresh(app, token)).status).toBe(200);
      });
      expect(repeated).toHaveLength(budget.repeat);
    });

    it(`takes ${budget.refresh} to refresh`, async () => {
      const { refresh: token } = await logIn(app, account);
      const statements = await counter.during(async () => {
        expect((await refresh(app, token)).status).toBe(200);
      });
      expect(statements.length).toBeGreaterThan(0);
      expect(statements.slice(budget.refresh)).toEqual([]);
    });

    it('are the same for a mailed link, whether somebody has the address or not', async () => {
      // Who has it is found out by the worker alone.
      await app.app.get(OutboxWorker, { strict: false }).beforeApplicationShutdown();
      const strangers = freshEmail();
      const ask = (email: string) =>
        counter.during(async () => {
          expect((await app.api.post('/magic-link', { email })).status).toBe(202);
        });
      const guess = (email: string) =>
        counter.during(async () => {
          expect((await app.api.post('/magic-link/confirm', { email, code: '000000' })).status).toBe(400);
        });
      for (const work of [ask, guess]) {
        const known = await work(account.email);
        expect(known.length).toBeGreaterThan(0);
        expect(await work(strangers)).toEqual(known);
      }
    });
  });
}
