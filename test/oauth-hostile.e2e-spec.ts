import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { freshEmail, freshName } from './support/accounts.js';
import type { Page } from './support/browser/page.js';
import {
  type Attack,
  CALLBACK_ATTACKS,
  DENIALS,
  DISCOVERY_ATTACKS,
  ID_TOKEN_ATTACKS,
  JWKS_ATTACKS,
  TOKEN_ATTACKS,
  USERINFO_ATTACKS,
} from './support/hostile/attacks.js';
import { BOTH_MODES, describeMatrix } from './support/matrix.js';
import { countSessions, errorAt, OAuthWalker, OAuthWorld } from './support/oauth-world.js';
import type { TestApp } from './support/test-app.js';

/** What is kept once it was fetched, or takes its time, is attacked at a provider of its own. */
const OWN: readonly Attack[] = [...JWKS_ATTACKS, ...DISCOVERY_ATTACKS, 'token_hangs', 'userinfo_hangs'];
const isQuick = (attack: Attack): boolean => !attack.endsWith('_hangs');
const idOf = (attack: Attack): string => (OWN.includes(attack) ? attack.replaceAll('_', '-') : 'hostile');
const MEGABYTE = 1 << 20;

type Refusal = readonly [status: number, code: string];
const UNAVAILABLE: Refusal = [503, 'oauth.provider_unavailable'];
const FAULTY: Refusal = [502, 'oauth.provider_error'];
const REJECTED: Refusal = [401, 'oauth.identity_rejected'];

/** What is said in place of `identity_rejected`. */
const OTHER_REFUSALS: Readonly<Partial<Record<Attack, Refusal>>> = {
  jwks_down: UNAVAILABLE,
  jwks_garbage: UNAVAILABLE,
  jwks_empty: UNAVAILABLE,
  jwks_huge: UNAVAILABLE,
  token_500: UNAVAILABLE,
  token_hangs: UNAVAILABLE,
  token_garbage: FAULTY,
  token_not_json: FAULTY,
  token_huge: UNAVAILABLE,
  token_redirects: FAULTY,
  token_invalid_grant: [400, 'oauth.invalid_grant'],
  token_type_mac: REJECTED,
  token_missing_access_token: REJECTED,

  userinfo_sub_mismatch: REJECTED,
  userinfo_down: UNAVAILABLE,
  userinfo_garbage: FAULTY,
  userinfo_huge: UNAVAILABLE,
  userinfo_hangs: UNAVAILABLE,

  discovery_issuer_mismatch: REJECTED,
  discovery_down: UNAVAILABLE,
  discovery_garbage: FAULTY,
  discovery_huge: UNAVAILABLE,
  discovery_hangs: UNAVAILABLE,
  discovery_redirects: FAULTY,

  access_denied: [403, 'oauth.access_denied'],
  login_required: [403, 'oauth.interaction_required'],
  server_error: UNAVAILABLE,
  temporarily_unavailable: UNAVAILABLE,
};

let world: OAuthWorld;

beforeAll(async () => {
  world = await OAuthWorld.start(['hostile', ...OWN.map(idOf)]);
});
afterAll(() => world.close());

async function traces(app: TestApp): Promise<unknown> {
  const [counts] = await app.sql(`SELECT (SELECT count(*) FROM castellan.users) AS users,
    (SELECT count(*) FROM castellan.accounts) AS accounts,
    (SELECT count(*) FROM castellan.tokens WHERE type = 'oauth_exchange') AS codes`);
  return { ...counts, sessions: await countSessions(app) };
}

describeMatrix(
  'A provider that attacks',
  BOTH_MODES,
  (current) => {
    beforeEach(() => {
      const user = { sub: freshName('sub'), claims: { email: freshEmail(), email_verified: true } };
      for (const id of ['hostile', ...OWN.map(idOf)]) {
        world.attacker(id).attack();
        world.attacker(id).user = user;
      }
    });

    const attempt = (attack: Attack | null, mode = 'json'): Promise<Page> => {
      const id = attack === null ? 'hostile' : idOf(attack);
      if (attack !== null) world.attacker(id).attack(attack);
      const browser = new OAuthWalker(current());
      if (mode !== 'json') return browser.start(id, { mode });
      return browser.open(browser.url(`/oauth/${id}/start?mode=json`));
    };

    /** Refused by a problem document that tells nothing of what the provider sent, and nothing is left behind. */
    const expectRefused = async (attack: Attack): Promise<void> => {
      const [status, code] = OTHER_REFUSALS[attack] ?? REJECTED;
      const before = await traces(current());
      const page = await attempt(attack);
      expect([attack, page.status, page.json['code']]).toEqual([attack, status, code]);
      expect(page.headers['content-type']).toMatch(/^application\/problem\+json/);
      expect(page.headers['set-cookie'] ?? []).toEqual(
        expect.not.arrayContaining([expect.stringContaining('castellan_access')]),
      );
      expect(page.text).not.toMatch(
        /secret\.js|captive|<script|evil\.example|127\.0\.0\.1|ECONN|openid-client/,
      );
      expect(await traces(current())).toEqual(before);
    };

    it('is believed while it is sound', async () => {
      const page = await attempt(null);
      expect([page.status, page.json['status']]).toEqual([200, 'authenticated']);
    });

    it.each(ID_TOKEN_ATTACKS)('is not believed: %s', (attack) => expectRefused(attack));

    it.each(CALLBACK_ATTACKS)('does not pass for another: %s', (attack) => expectRefused(attack));

    it.each(TOKEN_ATTACKS.filter(isQuick))('cannot break the token request: %s', (attack) =>
      expectRefused(attack),
    );

    it.each(JWKS_ATTACKS.filter(isQuick))('cannot do without keys: %s', (attack) => expectRefused(attack));

    it.each(USERINFO_ATTACKS.filter(isQuick))('cannot break the userinfo request: %s', (attack) =>
      expectRefused(attack),
    );

    it.each(DISCOVERY_ATTACKS.filter(isQuick))('is not found: %s', (attack) => expectRefused(attack));

    it.each(DENIALS)('may say no: %s', (attack) => expectRefused(attack));

    it('is not waited for', async () => {
      const before = await traces(current());
      const since = Date.now();
      const hanging: readonly Attack[] = ['discovery_hangs', 'token_hangs', 'jwks_hangs', 'userinfo_hangs'];
      const pages = await Promise.all(hanging.map((attack) => attempt(attack)));
      for (const page of pages)
        expect([page.status, page.json['code']]).toEqual([503, 'oauth.provider_unavailable']);
      expect(Date.now() - since).toBeLessThan(20_000);
      expect(await traces(current())).toEqual(before);
    });

    it('cannot fill the memory', async () => {
      for (const attack of ['token_huge', 'jwks_huge', 'userinfo_huge', 'discovery_huge'] as const) {
        await attempt(attack);
        expect(world.attacker(idOf(attack)).taken).toBeLessThan(16 * MEGABYTE);
      }
    });

    it('cannot send us elsewhere', async () => {
      for (const attack of ['token_redirects', 'discovery_redirects'] as const) {
        await attempt(attack);
        expect(world.attacker(idOf(attack)).asked.inside).toBe(0);
      }
    });

    it('is refused at the client’s page as well', async () => {
      const before = await traces(current());
      expect(errorAt(await attempt('forged_signature', 'redirect'))).toBe('oauth.identity_rejected');
      expect(errorAt(await attempt('access_denied', 'redirect'))).toBe('oauth.access_denied');
      expect(errorAt(await attempt('token_500', 'redirect'))).toBe('oauth.provider_unavailable');
      expect(errorAt(await attempt('discovery_down', 'redirect'))).toBe('oauth.provider_unavailable');
      const popup = await attempt('forged_signature', 'popup');
      expect(popup.text).toContain('oauth.identity_rejected');
      expect(popup.text).not.toContain('&quot;code&quot;');
      expect(await traces(current())).toEqual(before);
    });

    it('is not asked again for its keys by every token of an unknown one (S5)', async () => {
      const hostile = world.attacker();
      await attempt(null);
      const before = hostile.asked.jwks;
      for (let count = 0; count < 10; count += 1) await attempt('unknown_kid');
      expect(hostile.asked.jwks - before).toBeLessThanOrEqual(1);
      hostile.attack();
      expect((await attempt(null)).status).toBe(200);
    });

    it('has no say in who somebody is by a subject that is none', async () => {
      for (const sub of ['', ' '.repeat(3) + '\u0000', 'ä', '\ud800', 's'.repeat(256), 'a\nb']) {
        const before = await traces(current());
        world.attacker().user = { sub, claims: {} };
        const page = await attempt(null);
        expect([sub, page.status, page.json['code']]).toEqual([sub, 401, 'oauth.identity_rejected']);
        expect(await traces(current())).toEqual(before);
      }
    });

    it.each<Readonly<Record<string, unknown>>>([
      { email: 42, email_verified: 'yes' },
      { email: ['a@example.com'], email_verified: true },
      { email: { $ne: null }, name: {}, picture: [], preferred_username: 7, locale: true },
      { email: 'not an address', email_verified: true },
      { email: `${'a'.repeat(300)}@example.com`, email_verified: true },
      { email: 'a@example.com\r\nBcc: b@example.com', email_verified: true },
      { email: '\u0000@example.com', name: '\ud800\u0000', given_name: 'x'.repeat(50_000) },
      { __proto__: null, constructor: { prototype: 1 }, name: '{{7*7}}' },
    ])('tells what is kept as far as it is fit: %j', async (claims) => {
      world.attacker().user = { sub: freshName('sub'), claims };
      const page = await attempt(null);
      expect([page.status, page.json['status']]).toEqual([200, 'authenticated']);
      const user = page.json['user'] as Record<string, unknown>;
      expect([user['email'], user['email_verified']]).toEqual([null, false]);
      expect(user['name'] ?? '').not.toMatch(/[\p{Cc}\p{Surrogate}]/u);
    });

    it('does not pass for another issuer’s account of the same name', async () => {
      const there = world.person();
      const { userId } = await new OAuthWalker(current()).tokens(there.sub);
      world.attacker().user = { sub: there.sub, claims: { email: there.email, email_verified: false } };
      const before = await traces(current());
      const page = await attempt(null);
      expect([page.status, page.json['code']]).toEqual([409, 'oauth.account_exists_link_required']);
      expect(await traces(current())).toEqual(before);
      world.attacker().user = { sub: there.sub, claims: {} };
      expect(Reflect.get(Object((await attempt(null)).json['user']), 'id')).not.toBe(userId);
    });
  },
  { env: async () => world.env },
);
