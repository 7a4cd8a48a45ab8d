import { pathToFileURL } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Secret, TOTP } from 'otpauth';
import { TestClient } from '../../src/testing/test-client.js';
import { freshEmail, PASSWORD } from '../support/accounts.js';
import type { StartedChild } from '../support/child.js';
import { createTestDatabase } from '../support/database.js';
import { faultChild } from '../support/faults.js';
import { BOTH_MODES } from '../support/matrix.js';

const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

const MINUTE = 60_000;
const SKEWS = [-60, -5, -0.5, 0.5, 5, 60].map((minutes) => minutes * MINUTE);
const ACCESS_S = 10;
const REFRESH_S = 15;
/** A JWT is taken so long after its end, for the sake of other clocks; what is looked up, as every refresh token is, is not. */
const TOLERANCE_MS = { session: 0, stateless: MINUTE };
/** Of a machine that is at work on seven processes. */
const LATE_MS = 1_500;
const CLOCK = pathToFileURL('test/support/skewed-clock.mjs').href;

for (const { mode } of BOTH_MODES) {
  describe(`A process whose clock is not the database's (F15) [${mode}]`, () => {
    const start = async (url: string | null, skew: number): Promise<StartedChild> => {
      const child = await faultChild({
        DATABASE_URL: url ?? '',
        AUTH_MODE: mode,
        ACCESS_TOKEN_TTL: `${ACCESS_S}s`,
        REFRESH_TOKEN_TTL: `${REFRESH_S}s`,
        NODE_OPTIONS: `--import ${CLOCK}`,
        SKEW_MS: String(skew),
      });
      cleanUp.push(() => child.kill());
      return child;
    };

    /** Signs in twice, and sees both to their ends: the access token of the one, the refresh token of the other. */
    const walk = async (api: TestClient, skew = 0): Promise<void> => {
      const ada = { email: freshEmail(), password: PASSWORD };
      expect((await api.post('/signup', ada)).status).toBe(201);
      const status = async (token: string): Promise<number> => (await api.get('/me', { token })).status;
      const [one, other] = [await api.post('/login', ada), await api.post('/login', ada)];
      const issued = performance.now();
      const after = (ms: number): Promise<void> =>
        sleep(Math.max(0, issued + ms + LATE_MS - performance.now()));
      expect([one.status, one.body['expires_in']]).toEqual([200, ACCESS_S]);
      expect(await status(one.body.access_token)).toBe(200);
      await proveTotp(api, one.body.access_token, skew);
      const next = await api.post('/refresh', { refresh_token: one.body.refresh_token });
      expect([next.status, next.body['expires_in']]).toEqual([200, ACCESS_S]);
      expect(await status(next.body.access_token)).toBe(200);
      const accessEnds = after(ACCESS_S * 1_000 + TOLERANCE_MS[mode]).then(() =>
        status(one.body.access_token),
      );
      await after(REFRESH_S * 1_000);
      expect((await api.post('/refresh', { refresh_token: other.body.refresh_token })).status).toBe(401);
      expect(await accessEnds).toBe(401);
    };

    it('alone decides every end: by up to an hour off, or set back by two minutes while it runs', async () => {
      const database = await createTestDatabase();
      cleanUp.push(() => database.drop());
      const children = await Promise.all([0, ...SKEWS].map((skew) => start(database.url, skew)));
      const [stepping, ...skewed] = children;
      if (!stepping) throw new Error('unreachable');
      // They do run on other clocks, and their operator is told.
      for (const child of skewed) expect(child.output()).toMatch(/clock is -?\d+ s off/);
      const api = new TestClient(`${stepping.url}/auth`);
      await signUpBefore(api);
      process.kill(stepping.pid, 'SIGUSR2');
      await sleep(100);
      await Promise.all([
        walk(api, -2 * MINUTE),
        ...skewed.map(({ url }, at) => walk(new TestClient(`${url}/auth`), SKEWS[at])),
      ]);
      for (const child of children) expect(child.output()).not.toMatch(/unhandled|uncaught/i);
    });
  });
}

/** An account of the time before the step, which nothing that follows may stumble over. */
async function signUpBefore(api: TestClient): Promise<void> {
  const early = { email: freshEmail(), password: PASSWORD };
  expect((await api.post('/signup', early)).status).toBe(201);
  expect((await api.post('/login', early)).status).toBe(200);
}

/** A code of the process's own time is right; one of the database's is not, where it is more than a step away. */
async function proveTotp(api: TestClient, token: string, skew: number): Promise<void> {
  const { body } = await api.post('/two-factor/totp/enrol', {}, { token });
  const secret = Secret.fromBase32(String(body['secret']));
  const confirm = async (timestamp: number): Promise<number> =>
    (await api.post('/two-factor/totp/confirm', { code: TOTP.generate({ secret, timestamp }) }, { token }))
      .status;
  if (Math.abs(skew) > MINUTE) expect(await confirm(Date.now())).toBe(400);
  expect(await confirm(Date.now() + skew)).toBe(200);
}
