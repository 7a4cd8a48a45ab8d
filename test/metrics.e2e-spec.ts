import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { PasswordHasher } from '../src/modules/core/index.js';
import { metrics, MetricsService } from '../src/modules/metrics/index.js';
import { createTestAuth } from '../src/testing/index.js';
import { freshEmail, logIn, PASSWORD, refresh, signUp, signUpAndLogIn } from './support/accounts.js';
import { describeMatrix, STANDALONE } from './support/matrix.js';
import { startTestApp, type TestApp } from './support/test-app.js';
import { appCode, challenged, signUpWithTotp, verify, wrongCode } from './support/two-factor.js';

/** The sum over all labels that are not named. */
async function valueOf(app: TestApp, name: string, labels: Readonly<Record<string, string>> = {}) {
  const { text } = await app.root.get('/metrics');
  const lines = text.split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
  return lines
    .filter((line) => Object.entries(labels).every(([key, value]) => line.includes(`${key}="${value}"`)))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
}

describeMatrix(
  'Metrics',
  STANDALONE,
  (current) => {
    it('are served as Prometheus reads them', async () => {
      const page = await current().root.get('/metrics');
      expect([page.status, page.headers.get('content-type'), page.headers.get('cache-control')]).toEqual([
        200,
        expect.stringMatching(/^text\/plain; version=0\.0\.4/),
        'no-store',
      ]);
      expect(page.text).toMatch(/^# HELP castellan_logins_total /m);
      expect(page.text).toMatch(/^castellan_cache_requests_total\{cache="\w+",outcome="hit"\} \d+$/m);
      expect(page.text).toMatch(/^nodejs_eventloop_lag_p99_seconds /m);
    });

    it('count sign-ups, sign-ins by outcome and method, and lockouts', async () => {
      const app = current();
      const names = ['castellan_registrations_total', 'castellan_logins_total', 'castellan_lockouts_total'];
      const before = await Promise.all(names.map((name) => valueOf(app, name)));
      const account = await signUp(app);
      await logIn(app, account);
      for (let failure = 0; failure < 5; failure += 1)
        await app.api.post('/login', { email: account.email, password: 'not the right one' });
      await app.api.post('/login', { email: account.email, password: PASSWORD });
      await app.api.post('/login', { email: freshEmail(), password: PASSWORD });
      const after = await Promise.all(names.map((name) => valueOf(app, name)));
      expect(after.map((value, at) => value - (before[at] ?? 0))).toEqual([1, 8, 1]);
      const labels = { outcome: 'success', method: 'pwd' };
      expect(await valueOf(app, 'castellan_logins_total', labels)).toBeGreaterThanOrEqual(1);
      expect(await valueOf(app, 'castellan_login_failures_total', { reason: 'locked' })).toBe(1);
      expect(
        await valueOf(app, 'castellan_login_failures_total', { reason: 'invalid_credentials' }),
      ).toBeGreaterThanOrEqual(6);
      expect(await valueOf(app, 'castellan_events_total', { action: 'security.account.lock' })).toBe(1);
    });

    it('count refreshes, reuse, and what was revoked for which reason', async () => {
      const app = current();
      const { refresh: first } = await signUpAndLogIn(app);
      const second = (await refresh(app, first)).body.refresh_token;
      await refresh(app, second);
      // The successor has been used: no grace.
      expect((await refresh(app, first)).status).toBe(401);
      expect(await valueOf(app, 'castellan_refreshes_total')).toBe(2);
      expect(await valueOf(app, 'castellan_refresh_reuses_total')).toBe(1);
      const reason = { reason: 'refresh_reuse_detected' };
      expect(await valueOf(app, 'castellan_session_revocations_total', reason)).toBe(1);
    });

    it('count challenges, and sign-ins with a second factor', async () => {
      const app = current();
      const account = await signUpWithTotp(app);
      const { token } = await challenged(app, account);
      await verify(app, token, 'totp', wrongCode(account.secret));
      await verify(app, token, 'totp', appCode(account.secret));
      expect(await valueOf(app, 'castellan_challenges_total', { outcome: 'issued' })).toBe(1);
      expect(await valueOf(app, 'castellan_challenges_total', { outcome: 'passed' })).toBe(1);
      const failure = { outcome: 'failure', method: 'totp' };
      expect(await valueOf(app, 'castellan_logins_total', failure)).toBe(1);
      const success = { outcome: 'success', method: 'mfa+otp+pwd' };
      expect(await valueOf(app, 'castellan_logins_total', success)).toBe(1);
    });

    it('show the hash queue and the pool', async () => {
      const app = current();
      expect(await valueOf(app, 'castellan_password_hashes_running')).toBe(0);
      expect(await valueOf(app, 'castellan_database_connections')).toBeGreaterThanOrEqual(1);
      const places = [1, 2].map(() => app.app.get(PasswordHasher, { strict: false }).reserve());
      expect(await valueOf(app, 'castellan_password_hashes_queued')).toBe(2);
      for (const place of places) place.release();
      expect(await valueOf(app, 'castellan_password_hashes_queued')).toBe(0);
    });

    it('name no user, address or token', async () => {
      const app = current();
      const account = await signUpAndLogIn(app);
      const { text } = await app.root.get('/metrics');
      for (const secret of [account.id, account.email, account.username, account.access, account.sessionId])
        expect(text).not.toContain(secret);
    });

    it('exist, all that the Grafana dashboard names', async () => {
      const app = current();
      const dashboard = readFileSync('deploy/grafana/castellan.json', 'utf8');
      const named = new Set(dashboard.match(/\b(castellan|nodejs|process)_[a-z0-9_]+/g));
      const { text } = await app.root.get('/metrics');
      const existing = new Set([...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name));
      expect(named.size).toBeGreaterThan(12);
      expect([...named].filter((name) => !existing.has(name))).toEqual([]);
      // The other way round: what is measured, somebody should see.
      const own = [...existing].filter((name) => name?.startsWith('castellan_'));
      expect(own.filter((name) => !named.has(name ?? ''))).toEqual([]);
    });
  },
  { env: { METRICS: 'on', AUTH_MODULES: 'two-factor' } },
);

describe('Metrics', () => {
  it('are not served unless they are asked for', async () => {
    const app = await startTestApp();
    try {
      expect((await app.root.get('/metrics')).status).toBe(404);
    } finally {
      await app.close();
    }
  });

  it('go into the registry of a host, under names of its own', async () => {
    const registry = new Registry();
    const auth = await createTestAuth({ modules: [metrics({ registry, prefix: 'id_' })] });
    try {
      await auth.api.post('/signup', { email: freshEmail(), password: PASSWORD });
      const { text } = await auth.app.get(MetricsService, { strict: false }).page();
      expect(text).toMatch(/^id_registrations_total 1$/m);
      expect(await registry.metrics()).not.toMatch(/^nodejs_|castellan_/m);
    } finally {
      await auth.close();
    }
  });
});
