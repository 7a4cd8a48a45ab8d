import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freshEmail, meStatus, PASSWORD, signUpAndLogIn } from './support/accounts.js';
import { onRealPostgres } from './support/database.js';
import { BOTH_MODES } from './support/matrix.js';
import { accounts, countSessions, OAuthWalker, OAuthWorld } from './support/oauth-world.js';
import { type RacedAnswer, type RacedRequest, releaseTogether, tally } from './support/race.js';
import { eventually, startTestApp, type TestApp } from './support/test-app.js';

const CROWD = 50;
const describeOnPostgres = onRealPostgres ? describe : describe.skip;
if (!onRealPostgres)
  process.stdout.write(
    'Skipped, since they need PostgreSQL (DATABASE_URL): races of sign-ins by a provider.\n',
  );

for (const cell of BOTH_MODES) {
  describeOnPostgres(`Races of sign-ins by a provider [${cell.mode}]`, () => {
    let world: OAuthWorld;
    let here: TestApp;
    let there: TestApp;

    beforeAll(async () => {
      world = await OAuthWorld.start([]);
      const env = world.env;
      here = await startTestApp({ ...cell, env });
      there = await startTestApp({ ...cell, env, database: here.database, mailbox: here.mailbox });
    }, 60_000);

    afterAll(async () => {
      await there?.close();
      await here?.close();
      await world?.close();
    });

    /** Every other one to the other instance. */
    const race = (requests: readonly RacedRequest[]): Promise<RacedAnswer[]> =>
      releaseTogether(
        here,
        requests.map((request, index) => ({ app: index % 2 === 0 ? here : there, ...request })),
      );

    const times = (count: number, request: RacedRequest): RacedRequest[] =>
      Array.from({ length: count }, () => request);

    /** What the provider's answer has a browser ask for. */
    const callbackOf = async (walker: OAuthWalker, address: URL): Promise<RacedRequest> => ({
      method: 'GET',
      path: `${address.pathname.slice(here.basePath.length)}${address.search}`,
      headers: { cookie: walker.cookie },
    });

    /** Browsers that are about to come back from the provider. */
    const arriving = async (subs: readonly string[]): Promise<RacedRequest[]> => {
      const requests: RacedRequest[] = [];
      for (const sub of subs) {
        const walker = new OAuthWalker(here);
        requests.push(await callbackOf(walker, await walker.walkToCallback(sub)));
      }
      return requests;
    };

    const count = async (table: 'users' | 'accounts', where: string, value: string): Promise<number> => {
      const text = `SELECT count(*)::int AS count FROM castellan.${table} WHERE ${where} = $1`;
      return (await here.sql<{ count: number }>(text, [value]))[0]?.count ?? -1;
    };

    /** A parameter of the client's page, wherever an answer leads there with it. */
    const parametersOf = (answers: readonly RacedAnswer[], name: 'code' | 'error'): string[] =>
      answers.flatMap(({ head }) => {
        const location = /^location: (\S+)/im.exec(head)?.[1];
        const value = location === undefined ? null : new URL(location).searchParams.get(name);
        return value === null ? [] : [value];
      });
    const codesOf = (answers: readonly RacedAnswer[]): string[] => parametersOf(answers, 'code');

    it('redeem one state once', async () => {
      const { sub } = world.person();
      const [request] = await arriving([sub]);
      const answers = await race(times(CROWD, request ?? { path: '' }));
      expect(tally(answers)).toEqual({ 302: 1, 400: CROWD - 1 });
      expect(codesOf(answers)).toHaveLength(1);
      expect(await count('accounts', 'provider_account_id', sub)).toBe(1);
    });

    it('redeem one code once', async () => {
      const walker = new OAuthWalker(here);
      const page = await walker.walk(world.person().sub);
      const sessions = await countSessions(here);
      const body = { code: page.param('code') };
      const answers = await race(times(CROWD, { path: '/oauth/exchange', body }));
      expect(tally(answers)).toEqual({ 200: 1, 400: CROWD - 1 });
      expect(await countSessions(here)).toBe(sessions + 1);
    });

    it('make one user of 50 first sign-ins of one account', async () => {
      const { sub, email } = world.person();
      const answers = await race(await arriving(Array.from({ length: CROWD }, () => sub)));
      expect(tally(answers)).toEqual({ 302: CROWD });
      expect(parametersOf(answers, 'error')).toEqual([]);
      expect(codesOf(answers)).toHaveLength(CROWD);
      expect(await count('users', 'email_key', email)).toBe(1);
      expect(await count('accounts', 'provider_account_id', sub)).toBe(1);
    }, 120_000);

    it('make one user of accounts that have one proven address', async () => {
      const email = freshEmail();
      const subs = Array.from({ length: 10 }, () => world.person({ email }).sub);
      const answers = await race(await arriving(subs));
      expect(tally(answers)).toEqual({ 302: subs.length });
      expect(codesOf(answers)).toHaveLength(subs.length);
      expect(await count('users', 'email_key', email)).toBe(1);
      expect(await count('accounts', 'provider_email', email)).toBe(subs.length);
    }, 60_000);

    it('take an unproven account over once, and for good', async () => {
      for (let trial = 0; trial < 5; trial += 1) {
        const squatter = await signUpAndLogIn(here);
        const subs = Array.from({ length: 4 }, () => world.person({ email: squatter.email }).sub);
        const logins: RacedRequest[] = times(4, {
          path: '/login',
          body: { email: squatter.email, password: PASSWORD },
        });
        const answers = await race([...(await arriving(subs)), ...logins]);
        expect(answers.map(({ status }) => status).filter((status) => status >= 500)).toEqual([]);
        expect(codesOf(answers)).toHaveLength(subs.length);
        const won = answers.flatMap(({ body }) =>
          typeof body['access_token'] === 'string' ? [body['access_token']] : [],
        );
        // Another instance hears of it within a second.
        for (const token of [squatter.access, ...won])
          expect(await eventually(async () => (await meStatus(there, token)) === 401)).toBe(true);
        expect(await count('accounts', 'user_id', squatter.id)).toBe(subs.length);
      }
    }, 120_000);

    it('link an account to one of the users who want it', async () => {
      for (let trial = 0; trial < 10; trial += 1) {
        const { sub } = world.person();
        const users = await Promise.all([signUpAndLogIn(here), signUpAndLogIn(there)]);
        const requests = await Promise.all(
          users.map(async ({ access }) => {
            const walker = new OAuthWalker(here);
            return callbackOf(walker, await walker.walkToLink(sub, access));
          }),
        );
        const answers = await race(requests);
        expect(tally(answers)).toEqual({ 302: 2 });
        const outcomes = answers.map(({ head }) => /[?&](linked|error)=([\w.]+)/.exec(head)?.[2]).sort();
        expect(outcomes).toEqual(['certified', 'oauth.account_linked_elsewhere']);
        expect(await count('accounts', 'provider_account_id', sub)).toBe(1);
      }
    }, 120_000);

    it('leave one way in, when the last two are unlinked', async () => {
      for (let trial = 0; trial < 10; trial += 1) {
        const { access } = await new OAuthWalker(here).tokens(world.personWithoutAddress().sub);
        await new OAuthWalker(here).link(world.person().sub, access);
        const { data } = (await accounts(here, access)).body;
        const answers = await race(
          data.map(({ id }) => ({ method: 'DELETE', path: `/me/accounts/${id}`, token: access })),
        );
        expect(tally(answers)).toEqual({ 204: 1, 409: 1 });
        expect((await accounts(here, access)).body['total']).toBe(1);
      }
    }, 120_000);

    it('leave a sound database behind', async () => {
      expect(await here.sql(readFileSync('test/consistency.sql', 'utf8'))).toEqual([]);
    });
  });
}
