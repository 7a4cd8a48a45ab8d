import { afterEach, describe, expect, it } from '@jest/globals';
import { AccountRemovalService, invitation, NoMailSender, rbac, SYSTEM_CLIENT } from '../src/index.js';
import { createTestAuth } from '../src/testing/index.js';
import { InvitationFixture, PASSWORD } from './support/invitation-fixture.js';

const DAY = '1d';
const EMAIL = 'ada@example.com';

let fixture: InvitationFixture | undefined;
afterEach(async () => {
  await fixture?.auth.close();
  fixture = undefined;
});

async function start(...parameters: Parameters<typeof InvitationFixture.start>): Promise<InvitationFixture> {
  fixture = await InvitationFixture.start(...parameters);
  return fixture;
}

describe('an invitation whose time is over', () => {
  it('is answered by nobody, is told to have expired, and makes room for another', async () => {
    const world = await start({ ttlMs: 60 * 60_000 });
    await world.person('ada');
    const { body } = await world.invite({ email: EMAIL });
    const token = await world.tokenTo(EMAIL);
    expect(Date.parse(String(body['expires_at']))).toBe(world.auth.clock.now().getTime() + 60 * 60_000);
    world.auth.clock.advance('1h');
    for (const answer of [
      await world.signUp(token),
      await world.auth.api.post(
        '/invitations/accept',
        { token },
        { token: (await world.logIn(EMAIL)).token },
      ),
      await world.auth.api.post('/invitations/decline', { token }),
      await world.auth.api.get('/invitations/link', { headers: { 'Invitation-Token': token } }),
    ])
      expect([answer.status, answer.body.code]).toEqual([400, 'core.invalid_code']);
    world.auth.clock.advance('1m');
    const admin = await world.logIn(world.admin.email);
    const list = await world.auth.api.get('/invitations?status=expired', { token: admin.token });
    expect(list.body.data).toEqual([
      expect.objectContaining({
        id: body.id,
        status: 'expired',
        acted_at: world.auth.clock.now().toISOString(),
      }),
    ]);
    expect((await world.invite({ email: EMAIL }, admin)).status).toBe(201);
  });

  it('makes room without having been looked at', async () => {
    const world = await start({ ttlMs: 60_000 });
    const { body } = await world.invite({ email: EMAIL });
    world.auth.clock.advance('1m');
    expect((await world.invite({ email: EMAIL })).status).toBe(201);
    expect(await world.statusOf(body.id)).toBe('expired');
    expect(world.audit.map(({ action }) => action)).toEqual([
      'invitation.create',
      'invitation.expire',
      'invitation.create',
    ]);
  });

  it('is marked by the job, once, and forgotten in the end', async () => {
    const world = await start({ ttlMs: 60_000, retentionMs: 24 * 60 * 60_000 });
    const { body } = await world.invite({ email: EMAIL });
    world.auth.clock.advance('1m');
    await world.runJobs();
    await world.runJobs();
    expect(world.audit.filter(({ action }) => action === 'invitation.expire')).toEqual([
      expect.objectContaining({ actorType: 'system', actorId: null, targetId: body.id }),
    ]);
    expect(await world.statusOf(body.id)).toBe('expired');
    world.auth.clock.advance(DAY);
    world.auth.clock.advance('1ms');
    await world.runJobs();
    const admin = await world.logIn(world.admin.email);
    const gone = await world.auth.api.get(`/invitations/${body.id}`, { token: admin.token });
    expect([gone.status, gone.body.code]).toEqual([404, 'invitation.not_found']);
  });

  it('lives on where it is sent again in time', async () => {
    const world = await start({ ttlMs: 10 * 60_000 });
    const { body } = await world.invite({ email: EMAIL });
    world.auth.clock.advance('9m');
    const options = { token: world.admin.token };
    const again = await world.auth.api.post(`/invitations/${body.id}/resend`, undefined, options);
    expect(Date.parse(String(again.body['expires_at']))).toBe(world.auth.clock.now().getTime() + 10 * 60_000);
    world.auth.clock.advance('5m');
    expect((await world.signUp(await world.tokenTo(EMAIL))).status).toBe(200);
  });
});

describe('messages', () => {
  it('go to one address five times an hour, and again once a minute', async () => {
    const world = await start({}, { rateLimitMultiplier: 1 });
    const { body } = await world.invite({ email: EMAIL });
    const resend = (id: string) =>
      world.auth.api.post(`/invitations/${id}/resend`, undefined, { token: world.admin.token });
    expect((await resend(body.id)).status).toBe(200);
    const soon = await resend(body.id);
    expect([soon.status, soon.headers.get('retry-after')]).toEqual([429, '60']);
    let id = body.id;
    for (let index = 0; index < 3; index += 1) {
      await world.auth.api.delete(`/invitations/${id}`, undefined, { token: world.admin.token });
      const next = await world.invite({ email: EMAIL.toUpperCase() });
      expect(next.status).toBe(201);
      id = next.body.id;
    }
    await world.auth.api.delete(`/invitations/${id}`, undefined, { token: world.admin.token });
    expect((await world.invite({ email: EMAIL })).status).toBe(429);
    expect((await world.invite({ email: 'grace@example.com' })).status).toBe(201);
  });

  it('are not needed to invite an account, and are to invite an address', async () => {
    const world = await start({}, { mailSender: new NoMailSender() });
    expect((await world.invite({ email: EMAIL })).body.code).toBe('core.sender_unavailable');
    const ada = await world.person('ada');
    const { status, body } = await world.invite({ user_id: ada.id.toUpperCase() });
    expect([status, body['user_id']]).toEqual([201, ada.id]);
    const mine = await world.auth.api.get('/me/invitations', { token: ada.token });
    expect(mine.body.data).toHaveLength(1);
  });

  it('lead where the host says', async () => {
    const world = await start({ link: 'https://app.example/join/{token}' });
    await world.invite({ email: EMAIL, locale: 'de' });
    await world.auth.drainOutbox();
    const [mail] = world.auth.mailbox.mailTo(EMAIL, 'invitation');
    expect(mail?.text).toMatch(/https:\/\/app\.example\/join\/[\w-]{43}/);
    expect(mail?.text).not.toContain('decline');
  });
});

it('says of each change how it is recorded, without the address', async () => {
  const world = await start();
  const organization = (
    await world.auth.api.post('/organizations', { name: 'Engines' }, { token: world.admin.token })
  ).body.id;
  const one = await world.inviteInto(organization, { email: EMAIL, role: 'admin' });
  const path = `/organizations/${organization}/invitations/${one.body.id}`;
  await world.auth.api.post(`${path}/resend`, undefined, { token: world.admin.token });
  const { body } = await world.signUp(await world.tokenTo(EMAIL));
  await world.inviteInto(organization, { email: 'b@example.com' });
  await world.auth.api.post('/invitations/decline', { token: await world.tokenTo('b@example.com') });
  const two = await world.invite({ email: 'c@example.com' });
  await world.auth.api.delete(`/invitations/${two.body.id}`, undefined, { token: world.admin.token });
  expect(
    world.audit.map(({ action, actorId, actorType, organizationId, metadata }) => [
      action,
      actorId,
      actorType,
      organizationId,
      metadata,
    ]),
  ).toEqual([
    ['invitation.create', world.admin.id, 'user', organization, { purpose: 'organization', role: 'admin' }],
    ['invitation.resend', world.admin.id, 'user', organization, { purpose: 'organization', role: 'admin' }],
    ['invitation.accept', body.user.id, 'user', organization, { purpose: 'organization', role: 'admin' }],
    ['invitation.create', world.admin.id, 'user', organization, { purpose: 'organization', role: 'member' }],
    ['invitation.decline', null, 'anonymous', organization, { purpose: 'organization', role: 'member' }],
    ['invitation.create', world.admin.id, 'admin', null, { purpose: 'platform' }],
    ['invitation.revoke', world.admin.id, 'admin', null, { purpose: 'platform' }],
  ]);
  expect(JSON.stringify(world.audit)).not.toContain('example.com');
});

describe('accounts that end', () => {
  it('take what is known of their address along when they are erased', async () => {
    const world = await start();
    const { body } = await world.invite({ email: EMAIL });
    const { body: signedUp } = await world.signUp(await world.tokenTo(EMAIL));
    const other = await world.invite({ email: EMAIL });
    const removal = world.auth.app.get(AccountRemovalService, { strict: false });
    await removal.hardDelete(signedUp.user.id, SYSTEM_CLIENT);
    for (const { id } of [body, other.body]) {
      const gone = await world.auth.api.get(`/invitations/${id}`, { token: world.admin.token });
      expect(gone.body.code).toBe('invitation.not_found');
    }
  });

  it('leave an invitation to their address to whoever proves it next, and inherit nothing by it', async () => {
    const world = await start();
    await world.invite({ email: EMAIL });
    const first = await world.signUp(await world.tokenTo(EMAIL));
    const left = await world.auth.api.delete(
      '/me',
      { password: PASSWORD },
      { token: first.body.access_token },
    );
    expect(left.status).toBe(204);
    await world.invite({ email: EMAIL });
    const second = await world.signUp(await world.tokenTo(EMAIL));
    expect(second.body.user.id).not.toBe(first.body.user.id);
  });
});

describe('options', () => {
  it.each<[Parameters<typeof invitation>[0], RegExp]>([
    [{ ttlMs: 1 }, /ttlMs/],
    [{ retentionMs: 1.5 }, /retentionMs/],
    [{ purposes: [] }, /purposes/],
    [{ purposes: ['Platform!'] }, /purposes/],
    [{ purposes: ['organization'] }, /purposes/],
    [{ link: 'https://app.example/join' }, /link/],
    [{ declineLink: 'nonsense{token}' }, /declineLink/],
  ])('refuses %j', async (options, message) => {
    await expect(
      createTestAuth({ modules: [rbac(), invitation({ organizations: false, ...options })] }),
    ).rejects.toThrow(message);
  });

  it('stops the start where organizations are wanted and not mounted', async () => {
    await expect(createTestAuth({ modules: [rbac(), invitation()] })).rejects.toThrow(/Organization/);
  });

  it('knows the host’s purposes, the first where none is said', async () => {
    const world = await start({ purposes: ['beta', 'press'] });
    expect((await world.invite({ email: EMAIL })).body['purpose']).toBe('beta');
    expect((await world.invite({ email: EMAIL, purpose: 'press' })).body['purpose']).toBe('press');
    expect((await world.invite({ email: EMAIL, purpose: 'platform' })).body.code).toBe(
      'invitation.purpose_not_allowed',
    );
  });
});
