import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuthError } from '../src/shared/errors/auth-error.js';
import { TransactionRunner } from '../src/shared/persistence/transaction-runner.js';
import { logIn, signUp, signUpAndLogIn } from './support/accounts.js';
import { onRealPostgres } from './support/database.js';
import { BOTH_MODES } from './support/matrix.js';
import { admit, cast, createOrganization, type Person } from './support/organizations.js';
import { releaseTogether, SETTLE_MS, staggers, tally } from './support/race.js';
import { startTestApp, type TestApp } from './support/test-app.js';

const describeOnPostgres = onRealPostgres ? describe : describe.skip;

for (const cell of BOTH_MODES) {
  describeOnPostgres(`Races in organizations over two instances [${cell.mode}]`, () => {
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

    const owners = async (id: string): Promise<number> => {
      const [row] = await here.sql<{ count: number }>(
        `SELECT count(*)::int AS count FROM castellan.organization_members WHERE organization_id = $1 AND role = 'owner'`,
        [id],
      );
      return row?.count ?? 0;
    };

    it('two owners who remove each other: always one is left', async () => {
      const [one, two] = [await signUpAndLogIn(here), await signUpAndLogIn(here)];
      const rounds = cell.mode === 'session' ? 200 : 20;
      let [first, second]: Person[] = [one, two];
      if (!first || !second) throw new Error('Two are needed.');
      for (let round = 0; round < rounds; round += 1) {
        const { body } = await createOrganization(here, first);
        await admit(here, body.id, second.id, 'owner');
        const path = (who: Person): string => `/organizations/${body.id}/members/${who.id}`;
        const answers = await releaseTogether(here, [
          { method: 'DELETE', path: path(second), token: first.access },
          { method: 'DELETE', path: path(first), token: second.access, app: there },
        ]);
        expect(await owners(body.id)).toBe(1);
        expect(answers.map(({ status }) => status).filter((status) => status >= 500)).toEqual([]);
        if (cell.mode === 'stateless') {
          first = { ...first, ...(await logIn(here, first)) };
          second = { ...second, ...(await logIn(here, second)) };
        }
      }
    }, 240_000);

    it('both owners demote themselves, or leave, or hand over: one is left', async () => {
      for (let round = 0; round < 10; round += 1) {
        const [one, two] = [await signUpAndLogIn(here), await signUpAndLogIn(here)];
        const { body } = await createOrganization(here, one);
        await admit(here, body.id, two.id, 'owner');
        const path = `/organizations/${body.id}`;
        const answers = await releaseTogether(
          here,
          [one, two].map((who, index) =>
            round % 2 === 0
              ? { path: `${path}/leave`, token: who.access, app: index === 0 ? here : there }
              : {
                  method: 'PATCH',
                  path: `${path}/members/${who.id}`,
                  body: { role: 'member' },
                  token: who.access,
                  app: index === 0 ? here : there,
                },
          ),
        );
        expect(await owners(body.id)).toBe(1);
        expect(answers.map(({ status }) => status).sort()).toEqual([round % 2 === 0 ? 204 : 200, 409]);
      }
    }, 120_000);

    it('50 organizations of one slug: one is made', async () => {
      const owner = await signUpAndLogIn(here);
      const answers = await releaseTogether(
        here,
        Array.from({ length: 50 }, (_, index) => ({
          path: '/organizations',
          body: { name: 'X', slug: `race-${cell.mode}` },
          token: owner.access,
          app: index % 2 === 0 ? here : there,
        })),
      );
      expect(tally(answers)).toEqual({ 201: 1, 409: 49 });
    });

    it('50 admissions to the last seats: the limit holds', async () => {
      const { id } = await cast(here);
      await here.sql('UPDATE castellan.organizations SET member_limit = 10 WHERE id = $1', [id]);
      const users = [];
      for (let index = 0; index < 20; index += 1) users.push(await signUp(here));
      const outcomes = await Promise.allSettled(
        users.map((user, index) => admit(index % 2 === 0 ? here : there, id, user.id, 'member')),
      );
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(7);
      const [row] = await here.sql<{ count: number }>(
        'SELECT count(*)::int AS count FROM castellan.organization_members WHERE organization_id = $1',
        [id],
      );
      expect(row?.count).toBe(10);
    });

    it('an account that ends while a host makes it a member: in no organization at the end', async () => {
      const { id } = await cast(here);
      const outcomes = new Set<string>();
      for (const [first, second] of staggers(20, 120)) {
        const account = await signUpAndLogIn(here);
        const admitted = sleep(SETTLE_MS + first).then(() =>
          there.app.get(TransactionRunner, { strict: false }).run(async () => {
            await admit(there, id, account.id, 'member');
            // Whatever else the host does in its transaction.
            await sleep(20);
          }),
        );
        const [outcome, [ended]] = await Promise.all([
          admitted.then(
            () => 'member',
            (error: unknown) => (error instanceof AuthError ? error.code : String(error)),
          ),
          releaseTogether(here, [
            {
              method: 'DELETE',
              path: '/me',
              body: { password: account.password },
              token: account.access,
              after: second,
            },
          ]),
        ]);
        expect(ended?.status).toBe(204);
        expect(
          await here.sql('SELECT 1 FROM castellan.organization_members WHERE user_id = $1', [account.id]),
        ).toEqual([]);
        outcomes.add(outcome);
      }
      expect(outcomes).toEqual(new Set(['member', 'core.account_deleted']));
      expect(await here.sql(readFileSync('test/consistency.sql', 'utf8'))).toEqual([]);
    }, 120_000);

    it('an organization that is deleted while members come and roles are given: nothing is left of it', async () => {
      for (let round = 0; round < 10; round += 1) {
        const { id, owner, admin, member } = await cast(here);
        const role = await here.api.post(
          `/organizations/${id}/roles`,
          { slug: 'r', name: 'R', permissions: [] },
          { token: owner.access },
        );
        const answers = await releaseTogether(here, [
          { method: 'DELETE', path: `/organizations/${id}`, token: owner.access },
          {
            path: `/organizations/${id}/roles/${role.body.id}/assignments`,
            body: { user_id: member.id },
            token: admin.access,
            app: there,
          },
          { path: `/organizations/${id}/teams`, body: { name: 'T' }, token: admin.access, app: there },
          {
            method: 'PATCH',
            path: `/organizations/${id}/members/${member.id}`,
            body: { role: 'admin' },
            token: admin.access,
          },
        ]);
        expect(answers.map(({ status }) => status).filter((status) => status >= 500)).toEqual([]);
        for (const table of ['organization_members', 'organization_teams', 'roles', 'role_assignments'])
          expect(await here.sql(`SELECT 1 FROM castellan.${table} WHERE organization_id = $1`, [id])).toEqual(
            [],
          );
      }
    }, 120_000);
  });
}
