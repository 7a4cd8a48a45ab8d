import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { logIn, refresh, signUp } from '../support/accounts.js';
import { CuttingProxy } from '../support/cutting-proxy.js';
import { createTestDatabase } from '../support/database.js';
import { BOTH_MODES } from '../support/matrix.js';
import { startTestApp } from '../support/test-app.js';

const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

for (const { mode } of BOTH_MODES) {
  describe(`A connection that breaks at the n-th packet of a refresh (F4) [${mode}]`, () => {
    it('leaves the old or the new token of use, never neither', async () => {
      const database = await createTestDatabase();
      cleanUp.push(() => database.drop());
      const proxy = await CuttingProxy.before(database.url ?? '');
      cleanUp.push(() => proxy.close());
      const app = await startTestApp({
        mode,
        database: { ...database, url: proxy.url },
        env: { DATABASE_POOL_MAX: '2' },
      });
      cleanUp.push(() => app.close());
      const account = await signUp(app);
      await app.drainOutbox();
      let cuts = 0;
      for (let packet = 1; packet <= 40; packet += 1) {
        const session = await logIn(app, account);
        proxy.cutAt(packet);
        const answer = await refresh(app, session.refresh);
        if (proxy.disarm()) cuts += 1;
        expect([200, 503]).toContain(answer.status);
        // The background's connections may have been the one that broke.
        const token = answer.status === 200 ? answer.body.refresh_token : session.refresh;
        let again = await refresh(app, token);
        for (let attempt = 0; again.status === 503 && attempt < 5; attempt += 1) {
          await sleep(100);
          again = await refresh(app, token);
        }
        expect([packet, again.status]).toEqual([packet, 200]);
      }
      expect(cuts).toBeGreaterThan(3);
    });
  });
}
