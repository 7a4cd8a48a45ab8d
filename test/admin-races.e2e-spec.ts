import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { logIn, meStatus, signUp, signUpAndLogIn } from './support/accounts.js';
import { type Admin, anotherSuperAdmin, makeSuperAdmin, onlySuperAdmins } from './support/admins.js';
import { onRealPostgres } from './support/database.js';
import { BOTH_MODES } from './support/matrix.js';
import { type RacedRequest, releaseTogether } from './support/race.js';
import { startTestApp, type TestApp } from './support/test-app.js';

const describeOnPostgres = onRealPostgres ? describe : describe.skip;

for (const cell of BOTH_MODES) {
  describeOnPostgres(`Races of administrators over two instances [${cell.mode}]`, () => {
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

    /** How one super admin takes another away. */
    const WAYS: readonly ((id: string) => Pick<RacedRequest, 'method' | 'path'>)[] = [
      (id) => ({ method: 'DELETE', path: `/admin/users/${id}/super-admin` }),
      (id) => ({ path: `/admin/users/${id}/ban` }),
      (id) => ({ method: 'DELETE', path: `/admin/users/${id}` }),
      (id) => ({ path: `/admin/users/${id}/deactivate` }),
      (id) => ({ path: `/admin/users/${id}/erase` }),
    ];

    const acting = async (): Promise<number> => {
      const [row] = await here.sql<{ count: number }>(
        'SELECT count(*)::int AS count FROM castellan.users WHERE is_super_admin AND active AND banned_at IS NULL AND deleted_at IS NULL',
      );
      return row?.count ?? 0;
    };

    /** A super admin who may act, as before; a new one where the account is gone. */
    const restored = async (admin: Admin): Promise<Admin> => {
      const [row] = await here.sql<{ id: string }>(
        `UPDATE castellan.users SET active = true, banned_at = NULL, deleted_at = NULL WHERE id = $1 RETURNING id`,
        [admin.id],
      );
      if (!row) return anotherSuperAdmin(here);
      await makeSuperAdmin(here, admin.id);
      return { ...admin, ...(await logIn(here, admin)) };
    };

    it('two super admins who take each other away, by all ways: always one is left', async () => {
      const rounds = cell.mode === 'session' ? 200 : 30;
      let [one, two] = [await anotherSuperAdmin(here), await anotherSuperAdmin(here)];
      await onlySuperAdmins(here, one.id, two.id);
      for (let round = 0; round < rounds; round += 1) {
        const [byOne, byTwo] = [
          WAYS[round % WAYS.length],
          WAYS[Math.floor(round / WAYS.length) % WAYS.length],
        ];
        if (!byOne || !byTwo) throw new Error('There is no such way.');
        const answers = await releaseTogether(here, [
          { ...byOne(two.id), token: one.access },
          { ...byTwo(one.id), token: two.access, app: there },
        ]);
        const statuses = answers.map(({ status }) => status);
        expect([round, statuses, await acting()]).toEqual([round, expect.any(Array), 1]);
        // One goes; the other is refused, since he would be the last, or since he is out already.
        expect([round, statuses.filter((status) => status < 300).length]).toEqual([round, 1]);
        expect([round, statuses.filter((status) => ![200, 204, 401, 403, 409].includes(status))]).toEqual([
          round,
          [],
        ]);
        [one, two] = [await restored(one), await restored(two)];
        await onlySuperAdmins(here, one.id, two.id);
      }
    }, 600_000);

    it('ten super admins who leave at once: one stays', async () => {
      const admins: Admin[] = [];
      for (let index = 0; index < 10; index += 1) admins.push(await anotherSuperAdmin(here));
      await onlySuperAdmins(here, ...admins.map(({ id }) => id));
      const answers = await releaseTogether(
        here,
        admins.map((admin, index) => ({
          method: 'DELETE',
          path: '/me',
          body: { password: admin.password },
          token: admin.access,
          app: index % 2 === 0 ? here : there,
        })),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([
        ...Array.from({ length: 9 }, () => 204),
        409,
      ]);
      expect(await acting()).toBe(1);
    }, 60_000);

    it('an impersonation that starts while its administrator is signed out never outlives that', async () => {
      const rounds = cell.mode === 'session' ? 30 : 10;
      const ada = await signUpAndLogIn(here);
      for (let round = 0; round < rounds; round += 1) {
        const admin = await anotherSuperAdmin(here);
        const [started] = await releaseTogether(here, [
          { path: `/admin/users/${ada.id}/impersonate`, body: { reason: 'race' }, token: admin.access },
          { path: '/logout', token: admin.access, app: there },
        ]);
        expect([200, 401]).toContain(started?.status);
        if (started?.status === 200) {
          const token = String(started.body['access_token']);
          const [row] = await here.sql<{ open: number }>(
            'SELECT count(*)::int AS open FROM castellan.session_families WHERE impersonator_id = $1 AND revoked_at IS NULL',
            [admin.id],
          );
          expect([round, row?.open]).toEqual([round, 0]);
          if (cell.mode === 'session') expect([round, await meStatus(here, token)]).toEqual([round, 401]);
        }
      }
    }, 120_000);

    it('a purge never erases who is restored at that moment', async () => {
      const admin = await anotherSuperAdmin(here);
      for (let round = 0; round < 10; round += 1) {
        const ada = await signUp(here);
        await here.api.delete(`/admin/users/${ada.id}`, undefined, { token: admin.access });
        const [purged, restoredAnswer] = await releaseTogether(here, [
          {
            path: '/admin/users/purge',
            body: { deleted_before: '2100-01-01T00:00:00Z' },
            token: admin.access,
          },
          { path: `/admin/users/${ada.id}/restore`, token: admin.access, app: there },
        ]);
        expect(purged?.status).toBe(200);
        const { status } = await here.api.get(`/admin/users/${ada.id}`, { token: admin.access });
        expect([round, status]).toEqual([round, restoredAnswer?.status === 200 ? 200 : 404]);
      }
    }, 60_000);
  });
}
