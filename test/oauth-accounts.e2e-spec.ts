import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { AccountLifecycleService } from '../src/modules/core/user/account-lifecycle.service.js';
import { SYSTEM_CLIENT } from '../src/shared/http/client-info.js';
import {
  freshEmail,
  logIn,
  meStatus,
  PASSWORD,
  refresh,
  refusal,
  signUp,
  signUpAndLogIn,
} from './support/accounts.js';
import { describeMatrix, MATRIX } from './support/matrix.js';
import { accounts, countSessions, errorAt, OAuthWalker, OAuthWorld } from './support/oauth-world.js';
import { expectProblem } from './support/problems.js';
import type { TestApp } from './support/test-app.js';
import { TimeMachine } from './support/time.js';

const time = new TimeMachine();
let world: OAuthWorld;

beforeAll(async () => {
  time.install();
  world = await OAuthWorld.start();
});

afterEach(() => time.reset());
afterAll(() => world.close());

/** An account here with a password, and its address proven. */
async function verified(app: TestApp, email = freshEmail()): ReturnType<typeof signUpAndLogIn> {
  const account = await signUp(app, { email });
  await app.drainOutbox();
  const token = app.mailbox.lastToken(email);
  expect((await app.api.post('/email/verify/confirm', { token })).status).toBe(200);
  return { ...account, ...(await logIn(app, account)) };
}

/** A password by the mailed link, which proves the address. */
async function resetPassword(app: TestApp, email: string, password: string): Promise<void> {
  await app.api.post('/password/forgot', { email });
  await app.drainOutbox();
  const token = app.mailbox.lastToken(email);
  expect((await app.api.post('/password/reset', { token, password })).status).toBe(204);
}

const linked = async (app: TestApp, token: string): Promise<unknown[]> =>
  (await accounts(app, token)).body.data.map((account) => account['provider_account_id']);

describeMatrix(
  'Accounts at providers',
  MATRIX,
  (current) => {
    const walker = (): OAuthWalker => new OAuthWalker(current());

    describe('are linked', () => {
      it('by the signed-in user, and let the same user in', async () => {
        const user = await verified(current());
        const there = world.person();
        const page = await walker().link(there.sub, user.access);
        expect(page.param('linked')).toBe('certified');
        expect(page.param('code')).toBeNull();
        expect(await linked(current(), user.access)).toEqual([there.sub]);
        expect((await walker().tokens(there.sub)).userId).toBe(user.id);
        expect((await logIn(current(), user)).access).toEqual(expect.any(String));
      });

      it('more than one of a provider', async () => {
        const user = await verified(current());
        const [one, other] = [world.person(), world.person()];
        await walker().link(one.sub, user.access);
        await walker().link(other.sub, user.access);
        expect((await linked(current(), user.access)).sort()).toEqual([one.sub, other.sub].sort());
        expect((await walker().tokens(other.sub)).userId).toBe(user.id);
      });

      it('to one user alone', async () => {
        const there = world.person();
        const first = await walker().tokens(there.sub);
        const second = await verified(current());
        const page = await walker().link(there.sub, second.access);
        expect(errorAt(page)).toBe('oauth.account_linked_elsewhere');
        expect(await linked(current(), second.access)).toEqual([]);
        expect((await walker().tokens(there.sub)).userId).toBe(first.userId);
      });

      it('again by their own user without harm', async () => {
        const user = await verified(current());
        const there = world.person();
        for (const _time of [1, 2]) expect(errorAt(await walker().link(there.sub, user.access))).toBeNull();
        expect(await linked(current(), user.access)).toEqual([there.sub]);
      });

      it('by nobody who is not signed in, nor by a session of long ago', async () => {
        const refused = await walker().authorize('certified', { link: true });
        expectProblem(refused, 401);
        const user = await verified(current());
        time.advance('11m');
        const fresh = (await refresh(current(), user.refresh)).body.access_token;
        const late = await walker().authorize('certified', { link: true }, fresh);
        expectProblem(late, undefined, 'core.reauthentication_required');
      });

      it('by no link that anybody can send: `start` links nothing', async () => {
        const answer = await current().api.get('/oauth/certified/start?link=true&mode=json');
        expectProblem(answer, 400);
      });

      it('not any more, when the password has changed meanwhile', async () => {
        const user = await verified(current());
        const there = world.person();
        const browser = walker();
        const begun = await browser.authorize('certified', { link: true }, user.access);
        await resetPassword(current(), user.email, 'another gate with 9 bolts');
        const login = await browser.open(String(begun.body['url']));
        const page = await browser.signInOn(login, there.sub);
        expect([page.status, page.json['code']]).toEqual([400, 'oauth.state_invalid']);
        const { access } = await logIn(current(), { ...user, password: 'another gate with 9 bolts' });
        expect(await linked(current(), access)).toEqual([]);
      });

      it('with a mail to the user', async () => {
        const user = await verified(current());
        current().mailbox.clear();
        await walker().link(world.person().sub, user.access);
        await current().drainOutbox();
        expect(current().mailbox.mailTo(user.email)).toHaveLength(1);
      });
    });

    describe('are unlinked', () => {
      const idOf = async (token: string, at = 0): Promise<string> =>
        (await accounts(current(), token)).body.data[at]?.id ?? '';
      const unlink = async (id: string, token: string): Promise<[number, string | undefined]> =>
        refusal(await current().api.delete(`/me/accounts/${id}`, undefined, { token }));

      it('by their user, and let nobody in any more', async () => {
        const user = await verified(current());
        const there = world.person();
        await walker().link(there.sub, user.access);
        const id = await idOf(user.access);
        expect(await unlink(id, user.access)).toEqual([204, undefined]);
        expect(await unlink(id, user.access)).toEqual([404, 'oauth.account_not_found']);
        expect((await walker().tokens(there.sub)).userId).not.toBe(user.id);
      });

      it('by nobody else', async () => {
        const owner = await walker().tokens(world.person().sub);
        const stranger = await verified(current());
        const id = await idOf(owner.access);
        expect(await unlink(id, stranger.access)).toEqual([404, 'oauth.account_not_found']);
        expect(await unlink('not-an-id', stranger.access)).toEqual([404, 'oauth.account_not_found']);
        expect((await current().api.delete(`/me/accounts/${id}`)).status).toBe(401);
        expect((await accounts(current(), owner.access)).body['total']).toBe(1);
      });

      it('not as the last way in, until there is a password', async () => {
        const { access } = await walker().tokens(world.personWithoutAddress().sub);
        expect(await unlink(await idOf(access), access)).toEqual([409, 'oauth.last_way_in']);
        const set = await current().api.post('/me/password', { new_password: PASSWORD }, { token: access });
        expect(set.status).toBe(204);
        expect(await unlink(await idOf(access), access)).toEqual([204, undefined]);
      });

      it('where a proven address can be sent a link', async () => {
        const { access } = await walker().tokens(world.person().sub);
        expect(await unlink(await idOf(access), access)).toEqual([204, undefined]);
      });

      it('of two that are the only ways in, one', async () => {
        const { access } = await walker().tokens(world.personWithoutAddress().sub);
        await walker().link(world.person().sub, access);
        expect(await unlink(await idOf(access, 1), access)).toEqual([204, undefined]);
        expect(await unlink(await idOf(access), access)).toEqual([409, 'oauth.last_way_in']);
      });
    });

    describe('whose address an account here has', () => {
      it('join it, where both sides have proven it', async () => {
        const user = await verified(current());
        const there = world.person({ email: user.email.toUpperCase() });
        expect((await walker().tokens(there.sub)).userId).toBe(user.id);
        expect(await meStatus(current(), user.access)).toBe(200);
        await logIn(current(), user);
        expect(await linked(current(), user.access)).toEqual([there.sub]);
      });

      it('take it over, where only the provider has: password, sessions and links of before are void', async () => {
        const email = freshEmail();
        const squatter = await signUpAndLogIn(current(), { email });
        const foreign = world.person();
        await walker().link(foreign.sub, squatter.access);
        await current().drainOutbox();
        const oldLink = current().mailbox.lastToken(email);
        const owner = await walker().tokens(world.person({ email }).sub);
        expect(owner.userId).toBe(squatter.id);
        expect((await current().api.post('/login', { email, password: PASSWORD })).status).toBe(401);
        expect(await meStatus(current(), squatter.access)).toBe(401);
        expect((await refresh(current(), squatter.refresh)).status).toBe(401);
        expect((await walker().tokens(foreign.sub)).userId).not.toBe(owner.userId);
        expect((await current().api.get('/me', { token: owner.access })).body).toMatchObject({
          email_verified: true,
        });
        const confirmed = await current().api.post('/email/verify/confirm', { token: oldLink });
        expect(refusal(confirmed)).toEqual([400, 'core.invalid_code']);
      });

      it('take it over with everything that had been begun: links, codes, states', async () => {
        const email = freshEmail();
        const squatter = await signUpAndLogIn(current(), { email });
        const foreign = world.person();
        const browser = walker();
        const begun = await browser.authorize('certified', { link: true }, squatter.access);
        const other = walker();
        await other.link(foreign.sub, squatter.access);
        const code = String((await other.walk(foreign.sub)).param('code'));
        await walker().tokens(world.person({ email }).sub);
        expect(refusal(await other.exchange(code))).toEqual([400, 'core.invalid_code']);
        const page = await browser.signInOn(
          await browser.open(String(begun.body['url'])),
          world.person().sub,
        );
        expect([page.status, page.json['code']]).toEqual([400, 'oauth.state_invalid']);
      });

      it.each([true, false])('are refused, where the provider has not (proven here: %s)', async (proven) => {
        const user = proven ? await verified(current()) : await signUpAndLogIn(current());
        const there = world.person({ email: user.email, email_verified: false });
        const sessions = await countSessions(current());
        expect(errorAt(await walker().walk(there.sub))).toBe('oauth.account_exists_link_required');
        expect(await countSessions(current())).toBe(sessions);
        expect(await linked(current(), user.access)).toEqual([]);
        expect(errorAt(await walker().link(there.sub, user.access))).toBeNull();
        expect((await walker().tokens(there.sub)).userId).toBe(user.id);
      });

      it('get an account of its own to prove, where nobody has', async () => {
        const there = world.person({ email_verified: false });
        const { access, userId } = await walker().tokens(there.sub);
        expect((await current().api.get('/me', { token: access })).body).toMatchObject({
          email_verified: false,
        });
        const owner = await walker().tokens(world.person({ email: there.email }).sub);
        expect(owner.userId).toBe(userId);
        expect(await meStatus(current(), access)).toBe(401);
        expect(await linked(current(), owner.access)).not.toContain(there.sub);
      });

      it('need none', async () => {
        const [one, other] = [world.person({ email: undefined }), world.person({ email: undefined })];
        const ids = [await walker().tokens(one.sub), await walker().tokens(other.sub)].map(
          ({ userId }) => userId,
        );
        expect(new Set(ids).size).toBe(2);
        expect((await walker().tokens(one.sub)).userId).toBe(ids[0]);
      });
    });

    describe('that change', () => {
      it('stay whose they are, whatever address they tell', async () => {
        const there = world.person();
        const first = await walker().tokens(there.sub);
        const other = await verified(current());
        world.person({ sub: there.sub, email: other.email });
        const again = await walker().tokens(there.sub);
        expect(again.userId).toBe(first.userId);
        const { body } = await current().api.get('/me', { token: again.access });
        expect(body.email).toBe(there.email);
        expect((await accounts(current(), again.access)).body.data[0]).toMatchObject({
          provider_email: other.email,
        });
      });

      it('do not take an address along to another account of the provider', async () => {
        const there = world.person();
        const first = await walker().tokens(there.sub);
        await current().api.post('/me/email', { email: freshEmail() }, { token: first.access });
        const heir = world.person({ email: freshEmail() });
        expect((await walker().tokens(heir.sub)).userId).not.toBe(first.userId);
      });

      it('hold what a hostile profile may say', async () => {
        const profiles = [
          { name: '\u0000\u202e<script>alert(1)</script>', picture: 'javascript:alert(1)' },
          { name: 'x'.repeat(100_000), preferred_username: '../../etc/passwd' },
          { preferred_username: 'admin', picture: 'http://127.0.0.1/' },
          { preferred_username: '', name: '' },
        ];
        for (const profile of profiles) {
          const { access } = await walker().tokens(world.person(profile).sub);
          const me = (await current().api.get('/me', { token: access })).text;
          expect(me).not.toMatch(/javascript:|127\.0\.0\.1|\\u0000|"username":"(admin"|\.\.)/i);
        }
      });
    });

    describe('of users who may not act', () => {
      it('let nobody in who is banned', async () => {
        const there = world.person();
        const { userId } = await walker().tokens(there.sub);
        await current().app.get(AccountLifecycleService, { strict: false }).ban(userId, {}, SYSTEM_CLIENT);
        const sessions = await countSessions(current());
        const page = await walker().walk(there.sub);
        const code = page.param('code');
        const refused = code === null ? errorAt(page) : (await walker().exchange(code)).body.code;
        expect(refused).toBe('core.account_banned');
        expect(await countSessions(current())).toBe(sessions);
      });

      it('are not linked by their address to who is banned', async () => {
        const user = await verified(current());
        await current().app.get(AccountLifecycleService, { strict: false }).ban(user.id, {}, SYSTEM_CLIENT);
        const there = world.person({ email: user.email });
        expect(errorAt(await walker().walk(there.sub))).toBe('core.account_banned');
        const rows = await current().sql('SELECT 1 FROM castellan.accounts WHERE user_id = $1', [user.id]);
        expect(rows).toEqual([]);
      });

      it('begin anew after a deletion, and inherit nothing', async () => {
        const there = world.person();
        const { access, userId } = await walker().tokens(there.sub);
        const deleted = await current().api.delete('/me', {}, { token: access });
        expect([deleted.status, deleted.text]).toEqual([204, '']);
        expect(await meStatus(current(), access)).toBe(401);
        expect((await walker().tokens(there.sub)).userId).not.toBe(userId);
      });
    });
  },
  { env: async () => world.env },
);
