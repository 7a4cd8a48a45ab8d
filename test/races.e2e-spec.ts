import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccountLifecycleService } from '../src/modules/core/user/account-lifecycle.service.js';
import { SYSTEM_CLIENT } from '../src/shared/http/client-info.js';
import {
  freshEmail,
  logIn,
  meStatus,
  PASSWORD,
  refresh,
  signUp,
  signUpAndLogIn,
  type Tokens,
} from './support/accounts.js';
import { onRealPostgres } from './support/database.js';
import { BOTH_MODES } from './support/matrix.js';
import { type RacedAnswer, type RacedRequest, releaseTogether, tally } from './support/race.js';
import { eventually, startTestApp, type TestApp } from './support/test-app.js';

const CROWD = 50;
const NEW_PASSWORD = 'another gate with 9 bolts';
const describeOnPostgres = onRealPostgres ? describe : describe.skip;
if (!onRealPostgres)
  process.stdout.write(
    'Skipped, since they need PostgreSQL (DATABASE_URL): races. The embedded database has one connection.\n',
  );

for (const cell of BOTH_MODES) {
  describeOnPostgres(`Races over two instances [${cell.mode}]`, () => {
    let here: TestApp;
    let there: TestApp;

    beforeAll(async () => {
      here = await startTestApp(cell);
      there = await startTestApp({ ...cell, database: here.database, mailbox: here.mailbox });
    }, 60_000);

    afterAll(async () => {
      await there?.close();
      await here?.close();
    });

    /** Every other one to the other instance. */
    const crowd = (count: number, request: (index: number) => RacedRequest): Promise<RacedAnswer[]> =>
      releaseTogether(
        here,
        Array.from({ length: count }, (_, index) => ({
          app: index % 2 === 0 ? here : there,
          ...request(index),
        })),
      );

    const expectOneSuccess = (answers: readonly RacedAnswer[], refusals: readonly number[]): void => {
      expect(tally(answers.filter(({ status }) => status < 300))).toEqual({
        [answers.find(({ status }) => status < 300)?.status ?? 200]: 1,
      });
      expect(
        answers.map(({ status }) => status).filter((status) => status >= 300 && !refusals.includes(status)),
      ).toEqual([]);
    };

    describe('a secret works once', () => {
      const fresh = async (): Promise<string> => {
        const { email } = await signUp(here);
        await here.drainOutbox();
        await there.drainOutbox();
        expect(await eventually(async () => here.mailbox.mailTo(email).length > 0)).toBe(true);
        return email;
      };

      it('the link that verifies an address', async () => {
        const token = here.mailbox.lastToken(await fresh());
        expectOneSuccess(
          await crowd(CROWD, () => ({ path: '/email/verify/confirm', body: { token } })),
          [400],
        );
      });

      it('the code that verifies an address', async () => {
        const email = await fresh();
        const body = { email, code: here.mailbox.lastCode(email) };
        expectOneSuccess(await crowd(CROWD, () => ({ path: '/email/verify/confirm', body })), [400, 429]);
      });

      it('the link that resets a password: one of the new ones counts', async () => {
        const email = await fresh();
        await here.api.post('/password/forgot', { email });
        expect(await eventually(async () => here.mailbox.mailTo(email, 'password_reset').length === 1)).toBe(
          true,
        );
        const token = here.mailbox.lastToken(email);
        const answers = await crowd(CROWD, (index) => ({
          path: '/password/reset',
          body: { token, password: `${NEW_PASSWORD} ${index}` },
        }));
        expectOneSuccess(answers, [400]);
        const winner = answers.findIndex(({ status }) => status === 204);
        expect((await here.api.post('/login', { email, password: `${NEW_PASSWORD} ${winner}` })).status).toBe(
          200,
        );
      });

      it('the code that resets a password', async () => {
        const email = await fresh();
        await here.api.post('/password/forgot', { email });
        expect(await eventually(async () => here.mailbox.mailTo(email, 'password_reset').length === 1)).toBe(
          true,
        );
        const code = here.mailbox.lastCode(email);
        expectOneSuccess(
          await crowd(CROWD, () => ({
            path: '/password/reset',
            body: { email, code, password: NEW_PASSWORD },
          })),
          [400, 429],
        );
      });

      it('the link that changes an address', async () => {
        const { access } = await signUpAndLogIn(here);
        const email = freshEmail('next');
        await here.api.post('/me/email', { email, password: PASSWORD }, { token: access });
        expect(await eventually(async () => here.mailbox.mailTo(email).length === 1)).toBe(true);
        const token = here.mailbox.lastToken(email);
        expectOneSuccess(await crowd(CROWD, () => ({ path: '/me/email/confirm', body: { token } })), [400]);
      });
    });

    it('gives 20 refreshes at once one successor, and the session lives', async () => {
      const session = await signUpAndLogIn(here);
      const answers = await crowd(20, () => ({ path: '/refresh', body: { refresh_token: session.refresh } }));
      const won = answers.filter(({ status }) => status === 200);
      expect(won.length).toBeGreaterThan(0);
      expect(Object.keys(tally(answers)).filter((status) => !['200', '401'].includes(status))).toEqual([]);
      expect(new Set(won.map(({ body }) => body['refresh_token'])).size).toBe(1);
      expect(new Set(won.map(({ body }) => body['access_token'])).size).toBe(1);
      const successor = String(won[0]?.body['refresh_token']);
      const next = await refresh(there, successor);
      expect(next.status).toBe(200);
      expect((await here.api.get('/sessions', { token: next.body.access_token })).body['total']).toBe(1);
    });

    it('makes one account of 50 sign-ups with one address, written in two cases', async () => {
      const email = freshEmail('Crowd');
      const answers = await crowd(CROWD, (index) => ({
        path: '/signup',
        body: { email: index % 2 === 0 ? email : email.toUpperCase(), password: PASSWORD },
      }));
      expect(tally(answers)).toEqual({ 201: 1, 409: CROWD - 1 });
      const rows = await here.sql<{ count: number }>(
        'SELECT count(*)::int AS count FROM castellan.users WHERE email_key = $1',
        [email.toLowerCase()],
      );
      expect(rows).toEqual([{ count: 1 }]);
    });

    it('gives 50 sign-ups with one name one of their own each', async () => {
      // Derived from the address, and so wanted by all at once.
      const answers = await crowd(CROWD, (index) => ({
        path: '/signup',
        body: {
          email: `same.name@host${index}${Math.random().toString(36).slice(2)}.example.com`,
          password: PASSWORD,
        },
      }));
      expect(tally(answers)).toEqual({ 201: CROWD });
      const names = answers.map(({ body }) =>
        String(Reflect.get(Object(body['user']), 'username')).toLowerCase(),
      );
      expect(new Set(names).size).toBe(CROWD);
    });

    it('compares five of 100 codes that come at once', async () => {
      const { email } = await signUp(here);
      const codes = Array.from({ length: 100 }, (_, index) => String(100_000 + index * 7));
      const answers = await crowd(100, (index) => ({
        path: '/email/verify/confirm',
        body: { email, code: codes[index] },
      }));
      expect(tally(answers)).toEqual({ 400: 5, 429: 95 });
    });

    it('gives the right one of 100 passwords no more than its share (C10)', async () => {
      let wins = 0;
      for (let trial = 0; trial < 20; trial += 1) {
        const { email } = await signUp(here);
        const right = (trial * 37) % 100;
        const answers = await crowd(100, (index) => ({
          path: '/login',
          body: { email, password: index === right ? PASSWORD : `wrong password ${index}` },
        }));
        expect(
          Object.keys(tally(answers)).filter((status) => !['200', '401', '423', '503'].includes(status)),
        ).toEqual([]);
        // What was compared: five, and what a right one in between starts over.
        const won = answers.filter(({ status }) => status === 200).length;
        wins += won;
        expect(answers.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(won === 0 ? 5 : 10);
        if (won === 0)
          expect((await here.api.post('/login', { email, password: PASSWORD })).status).toBe(423);
      }
      // Five guesses of 100: one of 20 trials. More than four happen once in 300 runs.
      expect(wins).toBeLessThanOrEqual(4);
    }, 120_000);

    describe('nothing that descends from a token survives', () => {
      const PAIRS = 20;

      /** A refresh, and what ends the session, released together; then nothing of either works. */
      const collide = async (
        end: (
          session: Tokens & { id: string; email: string },
          keeper: Tokens,
        ) => RacedRequest | (() => Promise<unknown>),
      ): Promise<void> => {
        const survivors: string[] = [];
        for (let pair = 0; pair < PAIRS; pair += 1) {
          const account = await signUp(here);
          const session = { ...account, ...(await logIn(here, account)) };
          const keeper = await logIn(here, account);
          const other = end(session, keeper);
          const refreshing: RacedRequest = {
            app: there,
            path: '/refresh',
            body: { refresh_token: session.refresh },
          };
          const [answers] = await Promise.all([
            releaseTogether(
              here,
              typeof other === 'function'
                ? [refreshing]
                : pair % 2 === 0
                  ? [refreshing, other]
                  : [other, refreshing],
            ),
            typeof other === 'function'
              ? new Promise((resolve) => setTimeout(resolve, 95 + (pair % 10))).then(other)
              : undefined,
          ]);
          expect(answers.map(({ status }) => status).filter((status) => status >= 500)).toEqual([]);
          const won = answers
            .map(({ body }) => body)
            .filter((body) => typeof body['refresh_token'] === 'string');
          const accessTokens = [session.access, ...won.map((body) => String(body['access_token']))];
          const refreshTokens = [session.refresh, ...won.map((body) => String(body['refresh_token']))];
          for (const token of refreshTokens)
            if ((await refresh(here, token)).status === 200) survivors.push(`refresh ${pair}`);
          for (const token of accessTokens) {
            const dead = await eventually(async () => [401, 403].includes(await meStatus(there, token)));
            if (!dead || (await meStatus(here, token)) === 200) survivors.push(`access ${pair}`);
          }
        }
        expect(survivors).toEqual([]);
      };

      it('a logout', () => collide((session) => ({ path: '/logout', token: session.access })), 120_000);

      it(
        'a revocation from another session',
        () =>
          collide((session, keeper) => ({
            method: 'DELETE',
            path: `/sessions/${session.sessionId}`,
            token: keeper.access,
          })),
        120_000,
      );

      it(
        'a password change in another session',
        () =>
          collide((_session, keeper) => ({
            path: '/me/password',
            token: keeper.access,
            body: { current_password: PASSWORD, new_password: NEW_PASSWORD },
          })),
        120_000,
      );

      it(
        'a ban',
        () =>
          collide(
            (session) => () =>
              here.app.get(AccountLifecycleService, { strict: false }).ban(session.id, {}, SYSTEM_CLIENT),
          ),
        120_000,
      );
    });

    it('leaves a sound database behind', async () => {
      expect(await here.sql(readFileSync('test/consistency.sql', 'utf8'))).toEqual([]);
    });
  });

  describeOnPostgres(`Races of sign-ups that wait [${cell.mode}]`, () => {
    it('makes one account of 50 confirmations at once', async () => {
      const app = await startTestApp({ ...cell, env: { EMAIL_VERIFICATION: 'required' } });
      try {
        const email = freshEmail();
        await app.api.post('/signup', { email, password: PASSWORD });
        await app.drainOutbox();
        const token = app.mailbox.lastToken(email);
        const answers = await releaseTogether(
          app,
          Array.from({ length: CROWD }, () => ({
            path: '/email/verify/confirm',
            body: { token, password: PASSWORD },
          })),
        );
        expect(tally(answers)[200]).toBe(1);
        expect(
          Object.keys(tally(answers)).filter((status) => !['200', '400', '429'].includes(status)),
        ).toEqual([]);
        expect(await app.sql('SELECT count(*)::int AS count FROM castellan.users')).toEqual([{ count: 1 }]);
      } finally {
        await app.close();
      }
    }, 60_000);
  });
}
