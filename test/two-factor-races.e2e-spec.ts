import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freshPhone, PASSWORD, signUpAndLogIn } from './support/accounts.js';
import { onRealPostgres } from './support/database.js';
import { BOTH_MODES } from './support/matrix.js';
import { type RacedAnswer, type RacedRequest, releaseTogether, tally } from './support/race.js';
import { startTestApp, type TestApp } from './support/test-app.js';
import { appCode, challenged, signUpWithTotp, verify, wrongCode } from './support/two-factor.js';

const CROWD = 50;
const BURST = 100;
const describeOnPostgres = onRealPostgres ? describe : describe.skip;
if (!onRealPostgres)
  process.stdout.write('Skipped, since they need PostgreSQL (DATABASE_URL): races of second factors.\n');

for (const cell of BOTH_MODES) {
  describeOnPostgres(`Races of second factors over two instances [${cell.mode}]`, () => {
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
    const crowd = (requests: readonly RacedRequest[]): Promise<RacedAnswer[]> =>
      releaseTogether(
        here,
        requests.map((request, index) => ({ app: index % 2 === 0 ? here : there, ...request })),
      );
    const verification = (token: string, method: string, code: string): RacedRequest => ({
      path: '/two-factor/challenge/verify',
      body: { challenge_token: token, method, code },
    });
    const sessionsOf = async (userId: string): Promise<number> => {
      const text = 'SELECT count(*)::int AS count FROM castellan.session_families WHERE user_id = $1';
      return (await here.sql<{ count: number }>(text, [userId]))[0]?.count ?? 0;
    };
    const challenges = async (
      account: Parameters<typeof challenged>[1],
      count: number,
    ): Promise<string[]> => {
      const tokens: string[] = [];
      for (let index = 0; index < count; index += 1) tokens.push((await challenged(here, account)).token);
      return tokens;
    };

    it('takes one TOTP code on one of fifty challenges', async () => {
      const account = await signUpWithTotp(here);
      const tokens = await challenges(account, CROWD);
      const code = appCode(account.secret);
      const answers = await crowd(tokens.map((token) => verification(token, 'totp', code)));
      expect(tally(answers)[200]).toBe(1);
      expect(answers.every(({ status }) => [200, 400, 429].includes(status))).toBe(true);
      expect(await sessionsOf(account.id)).toBe(2);
    }, 60_000);

    it('completes one challenge once', async () => {
      const account = await signUpWithTotp(here);
      const [token = ''] = await challenges(account, 1);
      const code = appCode(account.secret);
      const answers = await crowd(Array.from({ length: CROWD }, () => verification(token, 'totp', code)));
      expect(tally(answers)[200]).toBe(1);
      expect(answers.every(({ status }) => [200, 400, 401, 429].includes(status))).toBe(true);
      expect(await sessionsOf(account.id)).toBe(2);
    }, 60_000);

    it('takes one backup code once, whatever the challenge, and two at the same time', async () => {
      const account = await signUpWithTotp(here);
      const tokens = await challenges(account, CROWD);
      const [first = '', second = '', third = ''] = account.backupCodes;
      const answers = await crowd(tokens.map((token) => verification(token, 'backup_code', first)));
      expect(tally(answers)[200]).toBe(1);
      expect(answers.every(({ status }) => [200, 400, 429].includes(status))).toBe(true);
      const unused = async (): Promise<number> => {
        const text =
          'SELECT count(*)::int AS count FROM castellan.backup_codes WHERE user_id = $1 AND NOT used';
        return (await here.sql<{ count: number }>(text, [account.id]))[0]?.count ?? 0;
      };
      expect(await unused()).toBe(9);
      await here.sql('DELETE FROM castellan.attempt_budgets WHERE subject = $1', [account.id]);
      const [one = '', other = ''] = await challenges(account, 2);
      const both = await crowd([
        verification(one, 'backup_code', second),
        verification(other, 'backup_code', third),
      ]);
      expect(tally(both)).toEqual({ 200: 2 });
      expect(await unused()).toBe(7);
    }, 60_000);

    it('stands a burst of a hundred codes, the right one among them', async () => {
      let wins = 0;
      const trials = cell.mode === 'session' ? 20 : 5;
      for (let trial = 0; trial < trials; trial += 1) {
        const account = await signUpWithTotp(here);
        const tokens = await challenges(account, 4);
        const [token = ''] = tokens;
        const codes = Array.from({ length: BURST }, () => wrongCode(account.secret));
        codes[(7 + trial * 37) % BURST] = appCode(account.secret);
        const answers = await crowd(
          codes.map((code, index) => verification(tokens[index % tokens.length] ?? '', 'totp', code)),
        );
        const counts = tally(answers);
        if (counts[200]) wins += 1;
        else {
          expect(counts).toEqual({ 400: 5, 429: BURST - 5 });
          const late = await verify(here, token, 'totp', appCode(account.secret, 1));
          expect(late.status).toBe(429);
        }
        expect(counts[200] ?? 0).toBeLessThanOrEqual(1);
        // Right among the first five, the count starts over: five more.
        expect(counts[400] ?? 0).toBeLessThanOrEqual(10);
      }
      expect(wins).toBeLessThanOrEqual(trials / 5);
    }, 300_000);

    it('looks at five of a hundred guesses, over all methods and challenges', async () => {
      const account = await signUpWithTotp(here);
      const tokens = await challenges(account, 5);
      const answers = await crowd(
        Array.from({ length: BURST }, (_, index) => {
          const token = tokens[index % tokens.length] ?? '';
          return index % 2 === 0
            ? verification(token, 'totp', wrongCode(account.secret))
            : verification(token, 'backup_code', 'AAAAA-AAAAA-AAAAA-AAAAA');
        }),
      );
      const { 400: looked, 429: refused, 503: busy = 0, ...others } = tally(answers);
      expect([looked, others]).toEqual([5, {}]);
      expect((refused ?? 0) + busy).toBe(BURST - 5);
      const step = { method: 'totp', code: appCode(account.secret) };
      const raised = await here.api.post('/two-factor/step-up', step, { token: account.access });
      expect(raised.status).toBe(429);
    }, 60_000);

    it('is never enabled without a secret, whoever sets up, removes and signs in at once', async () => {
      const account = await signUpAndLogIn(here);
      const login = { path: '/login', body: { email: account.email, password: PASSWORD } };
      const disable = {
        ...{ path: '/two-factor/disable', body: { password: PASSWORD }, token: account.access },
      };
      for (let round = 0; round < 5; round += 1) {
        const enrolment = await here.api.post('/two-factor/totp/enrol', {}, { token: account.access });
        const code = appCode(String(enrolment.body['secret']));
        const confirm = { path: '/two-factor/totp/confirm', body: { code }, token: account.access };
        const answers = await crowd([confirm, disable, login, confirm, login, disable, confirm, login]);
        expect(answers.every(({ status }) => [200, 204, 400, 404, 429].includes(status))).toBe(true);
        const broken = await here.sql(
          `SELECT f.id FROM castellan.two_factors f WHERE f.enabled AND f.method = 'totp' AND (f.secret IS NULL OR NOT f.verified)
           UNION ALL
           SELECT f.id FROM castellan.two_factors f WHERE f.enabled
             AND (SELECT count(*) FROM castellan.backup_codes c WHERE c.user_id = f.user_id) <> 10
           UNION ALL
           SELECT c.id FROM castellan.backup_codes c
             WHERE NOT EXISTS (SELECT 1 FROM castellan.two_factors f WHERE f.user_id = c.user_id AND f.enabled)`,
        );
        expect(broken).toEqual([]);
        await here.sql('DELETE FROM castellan.attempt_budgets WHERE subject = $1', [account.id]);
      }
    }, 60_000);

    it('gives one set of backup codes, whichever of two methods is confirmed first', async () => {
      const account = await signUpAndLogIn(here);
      const token = account.access;
      const phone = freshPhone();
      await here.api.post('/two-factor/sms/enrol', { phone_number: phone }, { token });
      const enrolment = await here.api.post('/two-factor/totp/enrol', {}, { token });
      await here.drainOutbox();
      const answers = await crowd([
        { path: '/two-factor/sms/confirm', body: { code: here.mailbox.lastCode(phone) }, token },
        {
          path: '/two-factor/totp/confirm',
          body: { code: appCode(String(enrolment.body['secret'])) },
          token,
        },
      ]);
      expect(tally(answers)).toEqual({ 200: 2 });
      const shown = answers.map(({ body }) => body['backup_codes']);
      expect(shown.filter((codes) => Array.isArray(codes) && codes.length === 10)).toHaveLength(1);
      expect(shown).toContain(null);
    }, 60_000);

    it('confirms an enrolment once', async () => {
      const account = await signUpAndLogIn(here);
      const enrolment = await here.api.post('/two-factor/totp/enrol', {}, { token: account.access });
      const body = { code: appCode(String(enrolment.body['secret'])) };
      const confirm = { path: '/two-factor/totp/confirm', body, token: account.access };
      const answers = await crowd(Array.from({ length: 20 }, () => confirm));
      expect(tally(answers)[200]).toBe(1);
    }, 60_000);
  });
}
