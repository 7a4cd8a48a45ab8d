import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccountRemovalService } from '../src/modules/core/index.js';
import { RoleScopes, RoleService, SYSTEM_GRANTOR } from '../src/modules/rbac/index.js';
import { SYSTEM_CLIENT } from '../src/shared/http/client-info.js';
import { type Account, freshName, logIn, signUp, type Tokens } from './support/accounts.js';
import { onRealPostgres } from './support/database.js';
import { BOTH_MODES } from './support/matrix.js';
import { type RacedAnswer, type RacedRequest, releaseTogether, tally } from './support/race.js';
import { giveRole, makeRole, superAdmin } from './support/roles.js';
import { startTestApp, type TestApp } from './support/test-app.js';

const describeOnPostgres = onRealPostgres ? describe : describe.skip;

for (const cell of BOTH_MODES) {
  describeOnPostgres(`Races for roles over two instances [${cell.mode}]`, () => {
    let here: TestApp;
    let there: TestApp;
    let token: string;
    let accounts: Account[];

    beforeAll(async () => {
      here = await startTestApp(cell);
      there = await startTestApp({ ...cell, database: here.database, mailbox: here.mailbox });
      token = (await superAdmin(here)).access;
      accounts = [];
      for (let index = 0; index < 10; index += 1) accounts.push(await signUp(here));
    }, 60_000);

    afterAll(async () => {
      await there?.close();
      await here?.close();
    });

    /** Every other one to the other instance. */
    const crowd = (requests: readonly RacedRequest[]): Promise<RacedAnswer[]> =>
      releaseTogether(
        here,
        requests.map((request, index) => ({ app: index % 2 === 0 ? here : there, token, ...request })),
      );
    const times = <T>(count: number, make: (index: number) => T): T[] =>
      Array.from({ length: count }, (_, i) => make(i));
    const grant = (roleId: string, userId: string): RacedRequest => ({
      path: `/roles/${roleId}/assignments`,
      body: { user_id: userId },
    });
    const revoke = (roleId: string, userId: string): RacedRequest => ({
      method: 'DELETE',
      path: `/roles/${roleId}/assignments/${userId}`,
    });
    const remove = (roleId: string): RacedRequest => ({ method: 'DELETE', path: `/roles/${roleId}` });
    const soundness = () => here.sql(readFileSync('test/consistency.sql', 'utf8'));
    const holders = async (roleId: string) =>
      (await here.sql('SELECT 1 FROM castellan.role_assignments WHERE role_id = $1', [roleId])).length;

    it('give a name to one of 50 (C7)', async () => {
      const slug = freshName('c');
      const body = { slug, name: 'C', permissions: [] };
      const answers = await crowd(times(50, () => ({ path: '/roles', body })));
      expect(tally(answers)).toEqual({ 201: 1, 409: 49 });
      expect(await here.sql('SELECT 1 FROM castellan.roles WHERE slug = $1', [slug])).toHaveLength(1);
    });

    it('give a role to a user once, and take it once, of 50 that try', async () => {
      const [role, userId] = [await makeRole(here, []), accounts[0]?.id ?? ''];
      expect(tally(await crowd(times(50, () => grant(role.id, userId))))).toEqual({ 201: 1, 409: 49 });
      expect(tally(await crowd(times(50, () => revoke(role.id, userId))))).toEqual({ 204: 1, 404: 49 });
      expect(await holders(role.id)).toBe(0);
    });

    it('leave no orphan where a role is deleted while it is granted and revoked (C17)', async () => {
      for (let round = 0; round < 5; round += 1) {
        const role = await makeRole(here, ['a:b']);
        for (const { id } of accounts.slice(0, 3)) await giveRole(here, role.id, id);
        const requests = [
          ...accounts.map(({ id }) => grant(role.id, id)),
          ...accounts.slice(0, 5).map(({ id }) => revoke(role.id, id)),
        ];
        requests.splice(round * 3, 0, remove(role.id));
        requests.splice(round * 2, 0, remove(role.id));
        const answers = await crowd(requests);
        expect(answers.filter(({ status }) => ![201, 204, 404, 409].includes(status))).toEqual([]);
        expect(await holders(role.id)).toBe(0);
        expect(await here.sql('SELECT 1 FROM castellan.roles WHERE id = $1', [role.id])).toEqual([]);
      }
      expect(await soundness()).toEqual([]);
    });

    it('leave no orphan where accounts and roles are deleted while roles are granted', async () => {
      const removal = there.app.get(AccountRemovalService, { strict: false });
      for (let round = 0; round < 5; round += 1) {
        const [role, other] = [await makeRole(here, ['a:b']), await makeRole(here, ['a:c'])];
        const doomed = await Promise.all(times(6, () => signUp(here)));
        for (const { id } of doomed) await giveRole(here, other.id, id);
        const deletions = doomed.map(({ id }) => removal.hardDelete(id, SYSTEM_CLIENT));
        const answers = await crowd([
          ...doomed.map(({ id }) => grant(role.id, id)),
          remove(other.id),
          ...doomed.map(({ id }) => revoke(other.id, id)),
        ]);
        await Promise.all(deletions);
        expect(answers.filter(({ status }) => ![201, 204, 404].includes(status))).toEqual([]);
        expect(await holders(role.id)).toBe(0);
      }
      expect(await soundness()).toEqual([]);
    });

    it('leave nothing of an organization that ends while roles are granted in it', async () => {
      const scopes = there.app.get(RoleScopes, { strict: false });
      const roles = here.app.get(RoleService, { strict: false });
      const organizationId = '01890a5d-ac96-774b-bcce-b302099a8057';
      const platform = await makeRole(here, []);
      const input = { slug: 'own', name: 'Own', permissions: [] };
      const own = await roles.create(organizationId, input, SYSTEM_GRANTOR, SYSTEM_CLIENT);
      const endings = times(5, () => scopes.removeScope(organizationId));
      const answers = await crowd(accounts.map(({ id }) => grant(platform.id, id)));
      await Promise.all(endings);
      expect(tally(answers)).toEqual({ 201: accounts.length });
      expect(await here.sql('SELECT 1 FROM castellan.roles WHERE id = $1', [own.id])).toEqual([]);
      expect(await soundness()).toEqual([]);
    });

    it('leave no token that says more than the store, on any instance, after a second', async () => {
      const role = await makeRole(here, ['roles:read']);
      const sessions: Tokens[] = [];
      const signIns = async (): Promise<void> => {
        for (const account of accounts) sessions.push(await logIn(there, account));
      };
      const [answers] = await Promise.all([
        crowd([
          ...accounts.map(({ id }) => grant(role.id, id)),
          { method: 'PATCH', path: `/roles/${role.id}`, body: { permissions: ['nothing:read'] } },
        ]),
        signIns(),
        signIns(),
      ]);
      expect(answers.filter(({ status }) => status >= 300)).toEqual([]);
      await sleep(1_000);
      for (const app of [here, there])
        for (const { access } of sessions)
          expect([401, 403]).toContain((await app.api.get('/roles', { token: access })).status);
    });

    it('count on the other instance within a second', async () => {
      const [role, account] = [await makeRole(here, ['roles:read']), accounts[0]];
      if (!account) throw new Error('There is no account.');
      await giveRole(here, role.id, account.id);
      const { access } = await logIn(there, account);
      expect((await there.api.get('/roles', { token: access })).status).toBe(200);
      const path = `/roles/${role.id}/assignments/${account.id}`;
      expect((await here.api.delete(path, undefined, { token })).status).toBe(204);
      expect((await here.api.get('/roles', { token: access })).status).not.toBe(200);
      const started = performance.now();
      while ((await there.api.get('/roles', { token: access })).status === 200) {
        expect(performance.now() - started).toBeLessThan(1_000);
        await sleep(20);
      }
    });
  });
}
