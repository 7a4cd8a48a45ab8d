import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuditSealer, AuditVerifier } from '../src/modules/audit/index.js';
import { logIn, refresh, signUp, signUpAndLogIn } from './support/accounts.js';
import { actionsOf, recordsOf } from './support/audit.js';
import { onRealPostgres } from './support/database.js';
import { BOTH_MODES } from './support/matrix.js';
import { releaseTogether, tally } from './support/race.js';
import { startTestApp, type TestApp } from './support/test-app.js';

for (const cell of BOTH_MODES) {
  describe(`Audit under load [${cell.mode}]`, () => {
    let app: TestApp;
    let other: TestApp;

    beforeAll(async () => {
      app = await startTestApp({ ...cell, env: { REFRESH_GRACE: '0s' } });
      // The embedded database is one process's.
      other = onRealPostgres
        ? await startTestApp({ ...cell, database: app.database, env: { REFRESH_GRACE: '0s' } })
        : app;
    }, 60_000);

    afterAll(async () => {
      if (other !== app) await other?.close();
      await app?.close();
    });

    const seal = async (instance: TestApp) =>
      instance.app.get(AuditSealer, { strict: false }).run(new Date());
    const verify = () => app.app.get(AuditVerifier, { strict: false }).verify();

    it('writes one record of reuse for 20 replays at once', async () => {
      const account = await signUp(app);
      const { refresh: stolen } = await logIn(app, account);
      const kept = await logIn(app, account);
      const successor = (await refresh(app, stolen)).body.refresh_token;
      const answers = await releaseTogether(
        app,
        Array.from({ length: 20 }, (_, index) => ({
          path: '/refresh',
          body: { refresh_token: stolen },
          app: index % 2 === 0 ? app : other,
        })),
      );
      expect(tally(answers)).toEqual({ 401: 20 });
      expect((await refresh(app, successor)).status).toBe(401);
      expect((await app.api.get('/me', { token: kept.access })).status).toBe(200);
      const actions = await actionsOf(app, account.id);
      expect(actions.filter((action) => action === 'auth.refresh.reuse')).toHaveLength(1);
      expect(actions).not.toContain('session.revoke');
    });

    it('writes as many records as sign-ins were answered, each before its answer', async () => {
      const account = await signUp(app);
      const before = (await actionsOf(app, account.id)).length;
      const answers = await releaseTogether(
        app,
        Array.from({ length: 30 }, () => ({
          path: '/login',
          body: { email: account.email, password: account.password },
        })),
      );
      const signedIn = tally(answers)[200] ?? 0;
      const actions = (await actionsOf(app, account.id)).slice(before);
      expect(actions.filter((action) => action === 'auth.login')).toHaveLength(signedIn);
      expect(signedIn).toBeGreaterThan(0);
    });

    it('seals each record once while others are written, on several nodes at once', async () => {
      const people = await Promise.all(Array.from({ length: 4 }, () => signUpAndLogIn(app)));
      let writing = true;
      const writers = people.map(async ({ access }, index) => {
        for (let round = 0; writing && round < 50; round += 1)
          await app.api.patch('/me', { name: `Ada ${index} ${round}` }, { token: access });
      });
      for (let round = 0; round < 10; round += 1)
        await Promise.all([seal(app), seal(other), seal(app), seal(other)]);
      writing = false;
      await Promise.all(writers);
      await seal(app);
      expect(await verify()).toMatchObject({ sound: true });
      const [open] = await app.sql<{ n: number }>(
        'SELECT count(*)::int AS n FROM castellan.audit_logs WHERE batch_id IS NULL',
      );
      expect(open?.n).toBe(0);
    });

    it('names what somebody did to the tables with triggers off', async () => {
      const account = await signUpAndLogIn(app);
      await seal(app);
      const [record] = await recordsOf(app, account.id);
      await app.sql('ALTER TABLE castellan.audit_logs DISABLE TRIGGER USER');
      await app.sql('UPDATE castellan.audit_logs SET actor_id = gen_random_uuid() WHERE id = $1', [
        record?.id,
      ]);
      const found = await verify();
      expect(found.sound).toBe(false);
      expect(found.chains.map(({ finding }) => finding).filter(Boolean)).toEqual([
        expect.objectContaining({ flaw: 'record_altered', recordId: record?.id }),
      ]);
      await app.sql('DELETE FROM castellan.audit_logs WHERE id = $1', [record?.id]);
      expect((await verify()).chains.map(({ finding }) => finding?.flaw).filter(Boolean)).toEqual([
        'record_deleted',
      ]);
      await app.sql('ALTER TABLE castellan.audit_logs ENABLE TRIGGER USER');
    });
  });
}
