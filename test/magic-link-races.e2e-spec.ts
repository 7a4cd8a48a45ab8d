import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freshEmail, PASSWORD, signUp } from './support/accounts.js';
import { onRealPostgres } from './support/database.js';
import { BOTH_MODES } from './support/matrix.js';
import { type RacedAnswer, type RacedRequest, releaseTogether, tally } from './support/race.js';
import { eventually, startTestApp, type TestApp } from './support/test-app.js';

const CROWD = 50;
const describeOnPostgres = onRealPostgres ? describe : describe.skip;
if (!onRealPostgres)
  process.stdout.write(
    'Skipped, since they need PostgreSQL (DATABASE_URL): races of magic links. The embedded database has one connection.\n',
  );

for (const cell of BOTH_MODES) {
  describeOnPostgres(`Races of magic links over two instances [${cell.mode}]`, () => {
    let here: TestApp;
    let there: TestApp;

    beforeAll(async () => {
      const env = { MAGIC_LINK_AUTO_REGISTER: 'on', REDIRECT_ALLOWLIST: 'https://app.example.test' };
      here = await startTestApp({ ...cell, env });
      there = await startTestApp({ ...cell, env, database: here.database, mailbox: here.mailbox });
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

    /** Asks for a link; either instance may be the one that sends it. */
    const ask = async (email: string, fields: object = {}): Promise<void> => {
      const before = here.mailbox.mailTo(email, 'magic_link').length;
      expect((await here.api.post('/magic-link', { email, ...fields })).status).toBe(202);
      await here.drainOutbox();
      await there.drainOutbox();
      const sent = async () => here.mailbox.mailTo(email, 'magic_link').length > before;
      expect(await eventually(sent)).toBe(true);
    };

    const secretOf = (email: string): { token: string; code: string } => {
      const text = here.mailbox.mailTo(email, 'magic_link').at(-1)?.text ?? '';
      return {
        token: /#token=([\w-]+)/.exec(text)?.[1] ?? '',
        code: /Code: (\d{6})/.exec(text)?.[1] ?? '',
      };
    };

    const countOf = async (sql: string, values: readonly unknown[]): Promise<number | undefined> =>
      (await here.sql<{ count: number }>(sql, values))[0]?.count;

    const sessionsOf = (email: string) =>
      countOf(
        'SELECT count(*)::int AS count FROM castellan.session_families f JOIN castellan.users u ON u.id = f.user_id WHERE u.email_key = $1',
        [email],
      );

    it('makes one session of 50 redemptions of one link', async () => {
      const { email } = await signUp(here);
      await ask(email);
      const { token } = secretOf(email);
      const answers = await crowd(CROWD, () => ({ path: '/magic-link/confirm', body: { token } }));
      expect(tally(answers)).toEqual({ 200: 1, 400: CROWD - 1 });
      expect(await sessionsOf(email)).toBe(1);
    });

    it('makes one session of 25 redemptions of the link and 25 of its code', async () => {
      const { email } = await signUp(here);
      await ask(email);
      const { token, code } = secretOf(email);
      const answers = await crowd(CROWD, (index) => ({
        path: '/magic-link/confirm',
        body: index % 2 === 0 ? { token } : { email, code },
      }));
      expect(tally(answers)[200]).toBe(1);
      expect(Object.keys(tally(answers)).filter((status) => !['200', '400', '429'].includes(status))).toEqual(
        [],
      );
      expect(await sessionsOf(email)).toBe(1);
    });

    it('makes one account and one session of 50 redemptions of a link that registers', async () => {
      const email = freshEmail();
      await ask(email);
      const { token } = secretOf(email);
      const answers = await crowd(CROWD, () => ({ path: '/magic-link/confirm', body: { token } }));
      expect(tally(answers)).toEqual({ 200: 1, 400: CROWD - 1 });
      expect(await sessionsOf(email)).toBe(1);
    });

    it('makes one account where sign-ups and confirmations meet, and the one who proved the address has it', async () => {
      for (let round = 0; round < 5; round += 1) {
        const email = freshEmail();
        await ask(email);
        const { token } = secretOf(email);
        const answers = await crowd(20, (index) =>
          index % 2 === 0
            ? { path: '/magic-link/confirm', body: { token } }
            : { path: '/signup', body: { email, password: PASSWORD } },
        );
        expect(
          Object.keys(tally(answers)).filter((status) => !['200', '201', '400', '409'].includes(status)),
        ).toEqual([]);
        const accounts = 'SELECT count(*)::int AS count FROM castellan.users WHERE email_key = $1';
        expect(await countOf(accounts, [email])).toBe(1);
        // Where the sign-up took the address in the middle of the confirmation, the link is not spent.
        if (!answers.some(({ status }) => status === 200))
          expect((await here.api.post('/magic-link/confirm', { token })).status).toBe(200);
        expect((await here.api.post('/login', { email, password: PASSWORD })).status).toBe(401);
      }
    });

    it('opens one redirect of 50, and makes one session of 50 exchanges of its code', async () => {
      const { email } = await signUp(here);
      await ask(email, { redirect_to: 'https://app.example.test/in' });
      const { token } = secretOf(email);
      const opened = await crowd(CROWD, () => ({ path: '/magic-link/open', body: { token } }));
      expect(tally(opened)).toEqual({ 200: 1, 400: CROWD - 1 });
      const target = String(opened.find(({ status }) => status === 200)?.body['redirect_to']);
      const code = new URL(target).searchParams.get('magic_link_code');
      const answers = await crowd(CROWD, () => ({ path: '/magic-link/exchange', body: { code } }));
      expect(tally(answers)).toEqual({ 200: 1, 400: CROWD - 1 });
      expect(await sessionsOf(email)).toBe(1);
    });

    it('compares five of 100 wrong codes that come at once, and the right one no more after them', async () => {
      const { email } = await signUp(here);
      await ask(email);
      const right = secretOf(email).code;
      const codes = Array.from({ length: 100 }, (_, index) => String(100_000 + index * 7));
      const guesses = codes.map((code) => (code === right ? '999999' : code));
      const answers = await crowd(100, (index) => ({
        path: '/magic-link/confirm',
        body: { email, code: guesses[index] },
      }));
      expect(tally(answers)).toEqual({ 400: 5, 429: 95 });
      expect((await here.api.post('/magic-link/confirm', { email, code: right })).status).toBe(429);
      expect(await sessionsOf(email)).toBe(0);
    });

    it('gives the right one of 100 codes no more than its share', async () => {
      let wins = 0;
      for (let trial = 0; trial < 20; trial += 1) {
        const { email } = await signUp(here);
        await ask(email);
        const right = secretOf(email).code;
        const answers = await crowd(100, (index) => ({
          path: '/magic-link/confirm',
          body: { email, code: index === (trial * 37) % 100 ? right : String(200_000 + index) },
        }));
        const won = answers.filter(({ status }) => status === 200).length;
        wins += won;
        // Five guesses, and five more where the right one among them starts over.
        expect(answers.filter(({ status }) => status === 400).length).toBeLessThanOrEqual(won === 0 ? 5 : 10);
        expect(await sessionsOf(email)).toBe(won);
      }
      // Five guesses of 100: one of 20 trials. More than four happen once in 300 runs.
      expect(wins).toBeLessThanOrEqual(4);
    }, 120_000);

    it('keeps one living link of 20 that are asked for at once', async () => {
      const { email } = await signUp(here);
      const asked = await crowd(20, () => ({ path: '/magic-link', body: { email } }));
      expect(tally(asked)).toEqual({ 202: 20 });
      const sent = async () => here.mailbox.mailTo(email, 'magic_link').length === 20;
      expect(await eventually(sent, 100)).toBe(true);
      const tokens = here.mailbox
        .mailTo(email, 'magic_link')
        .map(({ text }) => /#token=([\w-]+)/.exec(text)?.[1]);
      const answers = await crowd(20, (index) => ({
        path: '/magic-link/confirm',
        body: { token: tokens[index] },
      }));
      expect(tally(answers)).toEqual({ 200: 1, 400: 19 });
    });

    it('leaves a sound database behind', async () => {
      expect(await here.sql(readFileSync('test/consistency.sql', 'utf8'))).toEqual([]);
    });
  });
}
