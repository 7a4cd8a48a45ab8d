import { afterEach, describe, expect, it } from '@jest/globals';
import {
  AdminBootstrap,
  invitation,
  magicLink,
  MemberRepository,
  organization,
  PlatformInvitations,
  rbac,
  SYSTEM_CLIENT,
} from '../src/index.js';
import type { TestAuth, TestAuthOptions } from '../src/testing/index.js';
import { InvitationFixture, PASSWORD } from './support/invitation-fixture.js';
import { OAuthFixture } from './support/oauth-fixture.js';

const EMAIL = 'ada@example.com';
const INVITE_ONLY = { registration: 'invite_only' } as const;
const SYSTEM = { userId: null, type: 'system', client: SYSTEM_CLIENT } as const;

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function start(core: TestAuthOptions, organizations = true): Promise<InvitationFixture> {
  const world = await InvitationFixture.start({ organizations }, core);
  open.push(world.auth);
  return world;
}

describe('sign-up by invitation', () => {
  it('is closed to whoever has none, and open to whoever has one', async () => {
    const world = await start(INVITE_ONLY);
    await world.invite({ email: EMAIL });
    for (const email of [EMAIL, 'grace@example.com']) {
      const answer = await world.auth.api.post('/signup', { email, password: PASSWORD });
      expect([answer.status, answer.body.code]).toEqual([403, 'core.registration_invite_only']);
    }
    expect((await world.signUp(await world.tokenTo(EMAIL))).status).toBe(200);
  });

  it('takes an invitation into an organization too', async () => {
    const world = await start(INVITE_ONLY);
    const { body } = await world.auth.api.post(
      '/organizations',
      { name: 'Engines' },
      { token: world.admin.token },
    );
    await world.inviteInto(body.id, { email: EMAIL });
    expect((await world.signUp(await world.tokenTo(EMAIL))).status).toBe(200);
  });

  it('is refused where sign-up is closed altogether', async () => {
    const world = await start({ registration: 'closed' });
    await world.invite({ email: EMAIL });
    const answer = await world.signUp(await world.tokenTo(EMAIL));
    expect([answer.status, answer.body.code]).toEqual([403, 'core.registration_closed']);
  });

  it('makes the account even where addresses and phone numbers have to be proven', async () => {
    const world = await start({ emailVerification: 'required', phoneVerification: 'required' });
    await world.invite({ email: EMAIL });
    expect((await world.signUp(await world.tokenTo(EMAIL))).status).toBe(200);
  });
});

describe('a magic link where sign-up is by invitation', () => {
  const started = () =>
    start({ ...INVITE_ONLY, modules: [rbac(), organization(), magicLink({ autoRegister: true })] });
  const ask = async (world: InvitationFixture, email = EMAIL) => {
    expect((await world.auth.api.post('/magic-link', { email })).status).toBe(202);
    await world.auth.drainOutbox();
    return world.auth.mailbox.mailTo(email, 'magic_link').length;
  };

  it('is sent to an invited address alone, and uses the invitation up', async () => {
    const world = await started();
    const { body } = await world.invite({ email: EMAIL });
    const invited = await world.tokenTo(EMAIL);
    expect(await ask(world, 'grace@example.com')).toBe(0);
    expect(await ask(world)).toBe(1);
    const answer = await world.auth.api.post('/magic-link/confirm', {
      token: world.auth.mailbox.lastToken(EMAIL),
    });
    expect(answer.status).toBe(200);
    expect(await world.statusOf(body.id)).toBe('accepted');
    expect((await world.signUp(invited)).body.code).toBe('core.invalid_code');
  });

  it('makes no account once the invitation is withdrawn', async () => {
    const world = await started();
    const { body } = await world.invite({ email: EMAIL });
    await ask(world);
    await world.auth.api.delete(`/invitations/${body.id}`, undefined, { token: world.admin.token });
    const token = world.auth.mailbox.lastToken(EMAIL);
    expect((await world.auth.api.post('/magic-link/confirm', { token })).body.code).toBe('core.invalid_code');
  });
});

describe('a provider’s account where sign-up is by invitation', () => {
  const started = async () => {
    const fixture = await OAuthFixture.start({
      ...INVITE_ONLY,
      modules: [rbac(), invitation({ organizations: false })],
    });
    open.push(fixture.auth);
    return { fixture, invitations: fixture.auth.app.get(PlatformInvitations, { strict: false }) };
  };

  it('is let in by its verified address, and uses the invitation up', async () => {
    const { fixture, invitations } = await started();
    expect((await fixture.signIn('github')).code).toBe('core.registration_invite_only');
    const { id } = await invitations.create({ email: EMAIL }, SYSTEM);
    const { user } = await fixture.signIn('github');
    expect(user).toMatchObject({ email: EMAIL });
    expect(await invitations.get(id)).toMatchObject({ status: 'accepted', acceptedBy: user.id });
    fixture.asGithub({ id: 43, login: 'eve', email: 'eve@example.com', verified: true });
    expect((await fixture.signIn('github')).code).toBe('core.registration_invite_only');
  });

  it('is not let in by an address that the provider has not verified', async () => {
    const { fixture, invitations } = await started();
    await invitations.create({ email: EMAIL }, SYSTEM);
    fixture.asGithub({ id: 44, login: 'eve', email: EMAIL, verified: false });
    expect((await fixture.signIn('github')).code).toBe('core.registration_invite_only');
  });
});

describe('one organization for all', () => {
  it('takes a new account in once, with the role of its invitation', async () => {
    const world = await start({
      modules: [rbac(), organization({ mode: 'single', singleOrganization: { slug: 'acme', name: 'Acme' } })],
    });
    const { body } = await world.auth.api.get('/me/organizations', { token: world.admin.token });
    const id = String(body.data[0]?.['organization_id']);
    const invited = await world.inviteInto(id, { email: EMAIL, role: 'admin' });
    expect(invited.status).toBe(201);
    const answer = await world.signUp(await world.tokenTo(EMAIL));
    expect(answer.status).toBe(200);
    const member = await world.auth.api.get(`/organizations/${id}/members/${answer.body.user.id}`, {
      token: world.admin.token,
    });
    expect(member.body['role']).toBe('admin');
  });
});

describe('one organization for all, and sign-up by invitation', () => {
  const SINGLE = organization({ mode: 'single', singleOrganization: { slug: 'acme', name: 'Acme' } });
  const acme = async (world: InvitationFixture): Promise<string> => {
    const { body } = await world.auth.api.get('/me/organizations', { token: world.admin.token });
    return String(body.data[0]?.['organization_id']);
  };
  const roleOf = async (auth: TestAuth, id: string, userId: string): Promise<unknown> =>
    (await auth.app.get(MemberRepository, { strict: false }).find(id, userId))?.role;

  it.each([
    ['invite_only', 'admin', 'admin'],
    ['invite_only', 'member', 'member'],
    ['open', 'admin', 'admin'],
  ] as const)('%s: a magic link accepts an invitation as %s', async (registration, invited, role) => {
    const world = await start({ registration, modules: [rbac(), SINGLE, magicLink({ autoRegister: true })] });
    const id = await acme(world);
    const { body } = await world.inviteInto(id, { email: EMAIL, role: invited });
    const link = await world.tokenTo(EMAIL);
    await world.auth.api.post('/magic-link', { email: EMAIL });
    await world.auth.drainOutbox();
    const token = world.auth.mailbox.lastToken(EMAIL);
    const answer = await world.auth.api.post('/magic-link/confirm', { token });
    expect(answer.status).toBe(200);
    expect(await roleOf(world.auth, id, answer.body.user.id)).toBe(role);
    const path = `/organizations/${id}/invitations/${body.id}`;
    const seen = await world.auth.api.get(path, { token: world.admin.token });
    expect(seen.body).toMatchObject({ status: 'accepted' });
    expect(world.audit.map(({ action }) => action)).toEqual(['invitation.create', 'invitation.accept']);
    expect((await world.signUp(link)).body.code).toBe('core.invalid_code');
  });

  it('joins as a member where whoever had invited is below the role by now', async () => {
    const world = await start({ modules: [rbac(), SINGLE, magicLink({ autoRegister: true })] });
    const id = await acme(world);
    const eve = await world.person('eve');
    const members = world.auth.app.get(MemberRepository, { strict: false });
    await members.setRole(id, eve.id, 'admin', new Date());
    const { body } = await world.inviteInto(id, { email: EMAIL, role: 'admin' }, eve);
    // Behind the back of the listener that withdraws what she may not send any more.
    await members.setRole(id, eve.id, 'member', new Date());
    await world.auth.api.post('/magic-link', { email: EMAIL });
    await world.auth.drainOutbox();
    const token = world.auth.mailbox.lastToken(EMAIL);
    const answer = await world.auth.api.post('/magic-link/confirm', { token });
    expect(await roleOf(world.auth, id, answer.body.user.id)).toBe('member');
    const path = `/organizations/${id}/invitations/${body.id}`;
    const seen = await world.auth.api.get(path, { token: world.admin.token });
    expect(seen.body).toMatchObject({ status: 'revoked' });
  });

  it('a provider’s account accepts the invitation of its verified address', async () => {
    const fixture = await OAuthFixture.start({ ...INVITE_ONLY, modules: [rbac(), SINGLE, invitation()] });
    open.push(fixture.auth);
    const { app } = fixture.auth;
    await app.get(AdminBootstrap, { strict: false }).createFirst('root@example.com', PASSWORD);
    const { body } = await fixture.auth.api.post('/login', { email: 'root@example.com', password: PASSWORD });
    const [own] = (await fixture.auth.api.get('/me/organizations', { token: body.access_token })).body.data;
    const id = String(own?.['organization_id']);
    expect((await fixture.signIn('github')).code).toBe('core.registration_invite_only');
    const invited = await fixture.auth.api.post(
      `/organizations/${id}/invitations`,
      { email: EMAIL, role: 'admin' },
      { token: body.access_token },
    );
    expect(invited.status).toBe(201);
    const { user } = await fixture.signIn('github');
    expect(await roleOf(fixture.auth, id, user.id)).toBe('admin');
    const path = `/organizations/${id}/invitations/${invited.body.id}`;
    const seen = await fixture.auth.api.get(path, { token: body.access_token });
    expect(seen.body).toMatchObject({ status: 'accepted' });
  });

  it('a member who proves the address later gets the role, and nobody a lower one', async () => {
    const world = await start({ modules: [rbac(), SINGLE] });
    const id = await acme(world);
    await world.inviteInto(id, { email: EMAIL, role: 'admin' });
    const token = await world.tokenTo(EMAIL);
    const ada = await world.person('ada');
    expect(await roleOf(world.auth, id, ada.id)).toBe('member');
    const accept = () => world.auth.api.post('/invitations/accept', { token }, { token: ada.token });
    expect((await accept()).status).toBe(200);
    expect(await roleOf(world.auth, id, ada.id)).toBe('admin');
  });
});

describe('without organizations', () => {
  it('invites to the platform, and has no routes of organizations', async () => {
    const world = await start({ modules: [rbac()] }, false);
    const { body } = await world.invite({ email: EMAIL });
    const answer = await world.signUp(await world.tokenTo(EMAIL));
    expect([answer.status, await world.statusOf(body.id)]).toEqual([200, 'accepted']);
    const route = await world.inviteInto('01890a5d-ac96-774b-bcce-b302099a8057', { email: EMAIL });
    expect(route.status).toBe(404);
  });
});

describe('the page where cookies alone carry tokens', () => {
  it('signs in to the new account, and accepts for whoever is signed in', async () => {
    const world = await start({ session: { transport: 'cookie' } });
    const invitations = world.auth.app.get(PlatformInvitations, { strict: false });
    const headers = { 'sec-fetch-site': 'same-origin', origin: 'http://localhost:3000' };
    await invitations.create({ email: EMAIL }, SYSTEM);
    const first = await world.auth.api.post(
      '/invitations/open',
      { token: await world.tokenTo(EMAIL), password: PASSWORD },
      { headers },
    );
    expect([first.status, first.body]).toEqual([200, { status: 'signed_in' }]);
    const cookie = first.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');
    expect((await world.auth.api.get('/me', { headers: { ...headers, cookie } })).status).toBe(200);
    await invitations.create({ email: EMAIL }, SYSTEM);
    const second = await world.auth.api.post(
      '/invitations/open',
      { token: await world.tokenTo(EMAIL) },
      { headers: { ...headers, cookie } },
    );
    expect([second.status, second.body]).toEqual([200, { status: 'accepted' }]);
  });
});
