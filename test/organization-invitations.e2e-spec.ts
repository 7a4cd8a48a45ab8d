import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  type Account,
  freshEmail,
  logIn,
  PASSWORD,
  refusal,
  signUpAndLogIn,
  type Tokens,
  tokensOf,
} from './support/accounts.js';
import { inviteInto, postInvitation, prove, roleIn, statusOf, tokenTo } from './support/invitations.js';
import { describeMatrix, MATRIX } from './support/matrix.js';
import { admit, type Cast, cast, createOrganization } from './support/organizations.js';
import { expectProblem } from './support/problems.js';

describeMatrix('Invitations into organizations', MATRIX, (current) => {
  let org: Cast;

  beforeAll(async () => {
    org = await cast(current());
  }, 60_000);

  const base = (): string => `/organizations/${org.id}/invitations`;
  const signUpBy = (token: string, fields: object = {}) =>
    current().api.post('/invitations/sign-up', { token, password: PASSWORD, ...fields });
  const acceptBy = (token: string, who: Pick<Tokens, 'access'>) =>
    current().api.post('/invitations/accept', { token }, { token: who.access });
  /** A proven account, and an invitation for it. */
  const invited = async (by: Pick<Tokens, 'access'>, fields: object = {}) => {
    const account = await signUpAndLogIn(current());
    await prove(current(), account.id);
    return { account, ...(await inviteInto(current(), org.id, by, { email: account.email, ...fields })) };
  };

  describe('inviting', () => {
    it('is for members who may, and a stranger learns nothing', async () => {
      const app = current();
      const { id } = await inviteInto(app, org.id, org.owner);
      const tried = async (who: Tokens) =>
        Promise.all([
          postInvitation(app, org.id, who, { email: freshEmail() }),
          app.api.get(base(), { token: who.access }),
          app.api.get(`${base()}/${id}`, { token: who.access }),
          app.api.post(`${base()}/${id}/resend`, undefined, { token: who.access }),
          app.api.delete(`${base()}/${id}`, undefined, { token: who.access }),
        ]);
      for (const answer of await tried(org.member)) expectProblem(answer, 403, 'organization.forbidden');
      for (const answer of await tried(org.stranger)) expectProblem(answer, 404, 'organization.not_found');
      expect(await statusOf(app, id)).toBe('pending');
    });

    it('goes to one’s own role at most, on every path', async () => {
      const app = current();
      expectProblem(
        await postInvitation(app, org.id, org.admin, { email: freshEmail(), role: 'owner' }),
        403,
        'organization.role_too_high',
      );
      const { id } = await inviteInto(app, org.id, org.owner, { role: 'owner' });
      for (const answer of [
        await app.api.post(`${base()}/${id}/resend`, undefined, { token: org.admin.access }),
        await app.api.delete(`${base()}/${id}`, undefined, { token: org.admin.access }),
      ])
        expectProblem(answer, 403, 'organization.role_too_high');
      expectProblem(
        await postInvitation(app, org.id, org.owner, { email: freshEmail(), role: 'emperor' }),
        400,
        'core.validation_failed',
      );
      expect((await inviteInto(app, org.id, org.admin, { role: 'admin' })).id).toBeDefined();
    });

    it('mails who invites whom into what', async () => {
      const app = current();
      const { email } = await inviteInto(app, org.id, org.owner, { role: 'admin' });
      const [mail] = app.mailbox.mailTo(email, 'organization_invitation');
      expect(mail?.subject).toBe('You are invited to Engines at Castellan');
      expect(mail?.text).toContain(`${org.owner.username} invites you to Engines at Castellan, as admin.`);
    });

    it('puts no words of a user into a message that look like a link', async () => {
      const app = current();
      const { body } = await createOrganization(app, org.owner, { name: 'Win at https://evil.example' });
      const { email } = await inviteInto(app, body.id, org.owner);
      const [mail] = app.mailbox.mailTo(email, 'organization_invitation');
      expect(`${mail?.subject} ${mail?.text} ${mail?.html}`).not.toContain('evil');
    });

    it('has one pending invitation for an address in each organization', async () => {
      const app = current();
      const { email } = await inviteInto(app, org.id, org.owner);
      expect(refusal(await postInvitation(app, org.id, org.admin, { email: email.toUpperCase() }))).toEqual([
        409,
        'invitation.already_invited',
      ]);
      const { body } = await createOrganization(app, org.owner);
      expect((await postInvitation(app, body.id, org.owner, { email })).status).toBe(201);
    });

    it('is refused for members, and tells nothing of accounts that are none', async () => {
      const app = current();
      await prove(app, org.member.id);
      for (const whom of [{ email: org.member.email.toUpperCase() }, { user_id: org.member.id }])
        expect(refusal(await postInvitation(app, org.id, org.owner, whom))).toEqual([
          409,
          'organization.already_a_member',
        ]);
      const known = await postInvitation(app, org.id, org.owner, { email: org.stranger.email });
      const unknown = await postInvitation(app, org.id, org.owner, { email: freshEmail() });
      expect([known.status, Object.keys(known.body)]).toEqual([unknown.status, Object.keys(unknown.body)]);
    });

    it('needs a token that was not issued for another organization', async () => {
      const app = current();
      const { body } = await createOrganization(app, org.admin);
      const { refresh } = await logIn(app, org.admin);
      const switched = await app.api.post('/refresh', { refresh_token: refresh, organization_id: body.id });
      expectProblem(
        await app.api.get(base(), { token: switched.body.access_token }),
        403,
        'organization.other_organization',
      );
    });
  });

  it('lists by inviter, address and status', async () => {
    const app = current();
    const { body } = await createOrganization(app, org.owner);
    await admit(app, body.id, org.admin.id, 'admin');
    const one = await inviteInto(app, body.id, org.owner);
    const two = await inviteInto(app, body.id, org.admin);
    const path = `/organizations/${body.id}/invitations`;
    const ids = async (query: string) =>
      (await app.api.get(`${path}?${query}`, { token: org.owner.access })).body.data.map(({ id }) => id);
    expect(await ids('')).toEqual([two.id, one.id]);
    expect(await ids('sort_field=created_at&sort_dir=asc')).toEqual([one.id, two.id]);
    expect(await ids(`inviter_id=${org.admin.id}`)).toEqual([two.id]);
    expect(await ids(`email=${one.email}`)).toEqual([one.id]);
    await app.api.delete(`${path}/${one.id}`, undefined, { token: org.admin.access });
    expect(await ids('status=revoked')).toEqual([one.id]);
    expectProblem(
      await app.api.get(`${base()}/${one.id}`, { token: org.owner.access }),
      404,
      'invitation.not_found',
    );
  });

  describe('accepting', () => {
    it('makes a member of somebody who is there, by the link or without it', async () => {
      const app = current();
      const one = await invited(org.admin, { role: 'admin' });
      const answer = await acceptBy(one.token, one.account);
      expect([answer.status, answer.body['role'], answer.body['organization']]).toEqual([
        200,
        'admin',
        { id: org.id, name: 'Engines', slug: org.slug, logo_url: null },
      ]);
      expect(await roleIn(app, org.id, one.account.id)).toBe('admin');

      const two = await invited(org.owner);
      const mine = await app.api.get('/me/invitations', { token: two.account.access });
      expect(mine.body.data).toEqual([
        expect.objectContaining({
          id: two.id,
          inviter: { username: org.owner.username, name: null },
          organization: expect.objectContaining({ slug: org.slug }),
        }),
      ]);
      const accepted = await app.api.post(`/invitations/${two.id}/accept`, undefined, {
        token: two.account.access,
      });
      expect(accepted.status).toBe(200);
      expect(await roleIn(app, org.id, two.account.id)).toBe('member');
      expectProblem(await acceptBy(two.token, two.account), 400, 'core.invalid_code');
    });

    it('makes an account and a member in one step, signed in to the organization', async () => {
      const app = current();
      const { token } = await inviteInto(app, org.id, org.admin);
      const answer = await signUpBy(token);
      expect(answer.status).toBe(200);
      expect(await roleIn(app, org.id, answer.body.user.id)).toBe('member');
      const path = `/organizations/${org.id}/members`;
      const other = await createOrganization(app, org.owner);
      const { access } = tokensOf(answer);
      expect((await app.api.get(path, { token: access })).status).toBe(200);
      expectProblem(
        await app.api.get(`/organizations/${other.body.id}/members`, { token: access }),
        403,
        'organization.other_organization',
      );
    });

    it('of an invitation by user id', async () => {
      const app = current();
      const account = await signUpAndLogIn(app);
      const { status, body } = await postInvitation(app, org.id, org.owner, { user_id: account.id });
      expect(status).toBe(201);
      expectProblem(
        await app.api.post(`/invitations/${body.id}/accept`, undefined, { token: org.stranger.access }),
        404,
        'invitation.not_found',
      );
      const accepted = await app.api.post(`/invitations/${body.id}/accept`, undefined, {
        token: account.access,
      });
      expect([accepted.status, await roleIn(app, org.id, account.id)]).toEqual([200, 'member']);
    });

    it('is refused where the organization is full, and leaves everything as it was', async () => {
      const app = current();
      const { body } = await createOrganization(app, org.owner);
      const { id, token, email } = await inviteInto(app, body.id, org.owner);
      await app.sql('UPDATE castellan.organizations SET member_limit = 1 WHERE id = $1', [body.id]);
      expectProblem(await signUpBy(token), 409, 'organization.member_limit_reached');
      expect(await statusOf(app, id)).toBe('pending');
      expect(await app.sql('SELECT 1 FROM castellan.users WHERE email = $1', [email])).toEqual([]);
      await app.sql('UPDATE castellan.organizations SET member_limit = 2 WHERE id = $1', [body.id]);
      expect((await signUpBy(token)).status).toBe(200);
    });

    it('is refused to accounts that may not act', async () => {
      const app = current();
      const { account, id, token } = await invited(org.owner);
      await app.sql('UPDATE castellan.users SET banned_at = now() WHERE id = $1', [account.id]);
      const answer = await acceptBy(token, account);
      expect([401, 403]).toContain(answer.status);
      expect(await statusOf(app, id)).toBe('pending');
    });

    it('opens the way in once: whoever was removed needs another invitation', async () => {
      const app = current();
      const { account, id, token } = await invited(org.owner);
      expect((await acceptBy(token, account)).status).toBe(200);
      const out = await app.api.delete(`/organizations/${org.id}/members/${account.id}`, undefined, {
        token: org.owner.access,
      });
      expect(out.status).toBe(204);
      const { access } = await logIn(app, account);
      expectProblem(await acceptBy(token, { access }), 400, 'core.invalid_code');
      expectProblem(
        await app.api.post(`/invitations/${id}/accept`, undefined, { token: access }),
        409,
        'invitation.not_pending',
      );
      expect(await roleIn(app, org.id, account.id)).toBeUndefined();
    });
  });

  describe('is withdrawn', () => {
    /** An organization of its own, with an admin who has invited somebody as admin, and an owner who has invited an owner. */
    const staged = async () => {
      const app = current();
      const boss: Account & Tokens = await signUpAndLogIn(app);
      const aide = await signUpAndLogIn(app);
      const { body } = await createOrganization(app, boss);
      await admit(app, body.id, aide.id, 'admin');
      const invitation = await inviteInto(app, body.id, aide, { role: 'admin' });
      return { app, id: body.id, boss, aide, invitation };
    };

    it('when its inviter leaves', async () => {
      const { app, id, aide, invitation } = await staged();
      await app.api.post(`/organizations/${id}/leave`, undefined, { token: aide.access });
      expect(await statusOf(app, invitation.id)).toBe('revoked');
      expectProblem(await signUpBy(invitation.token), 400, 'core.invalid_code');
    });

    it('when its inviter is demoted', async () => {
      const { app, id, boss, aide, invitation } = await staged();
      await app.api.patch(
        `/organizations/${id}/members/${aide.id}`,
        { role: 'member' },
        { token: boss.access },
      );
      expect(await statusOf(app, invitation.id)).toBe('revoked');
    });

    it('when its inviter hands the organization over, where it is to a role above the new one', async () => {
      const { app, id, boss, aide, invitation } = await staged();
      const owner = await inviteInto(app, id, boss, { role: 'owner' });
      const member = await inviteInto(app, id, boss);
      const handed = await app.api.post(
        `/organizations/${id}/transfer`,
        { user_id: aide.id },
        { token: boss.access },
      );
      expect(handed.status).toBe(200);
      expect([
        await statusOf(app, owner.id),
        await statusOf(app, member.id),
        await statusOf(app, invitation.id),
      ]).toEqual(['revoked', 'pending', 'pending']);
    });

    it('when its inviter loses the role by any other way, at the latest when it is accepted', async () => {
      const { app, id, aide, invitation } = await staged();
      await app.sql(
        `UPDATE castellan.organization_members SET role = 'member' WHERE organization_id = $1 AND user_id = $2`,
        [id, aide.id],
      );
      expectProblem(await signUpBy(invitation.token), 409, 'invitation.no_longer_valid');
      await app.sql(
        `UPDATE castellan.organization_members SET role = 'admin' WHERE organization_id = $1 AND user_id = $2`,
        [id, aide.id],
      );
      await app.sql(`UPDATE castellan.users SET banned_at = now() WHERE id = $1`, [aide.id]);
      expectProblem(await signUpBy(invitation.token), 409, 'invitation.no_longer_valid');
    });

    it('when its inviter’s account ends', async () => {
      const { app, aide, invitation } = await staged();
      const ended = await app.api.delete('/me', { password: PASSWORD }, { token: aide.access });
      expect([ended.status, await statusOf(app, invitation.id)]).toEqual([204, 'revoked']);
    });

    it('when whom it is for becomes a member by another way', async () => {
      const { app, id, boss } = await staged();
      const account = await signUpAndLogIn(app);
      await prove(app, account.id);
      const byAddress = await inviteInto(app, id, boss, { email: account.email });
      const byId = await postInvitation(app, id, boss, { user_id: account.id });
      const accepted = await app.api.post(`/invitations/${byId.body.id}/accept`, undefined, {
        token: account.access,
      });
      expect(accepted.status).toBe(200);
      expect([await statusOf(app, byAddress.id), await statusOf(app, byId.body.id)]).toEqual([
        'revoked',
        'accepted',
      ]);
    });

    it('and gone, with its link, when the organization is', async () => {
      const { app, id, boss, invitation } = await staged();
      const gone = await app.api.delete(`/organizations/${id}`, undefined, { token: boss.access });
      expect([gone.status, await statusOf(app, invitation.id)]).toEqual([204, undefined]);
      expectProblem(await signUpBy(invitation.token), 400, 'core.invalid_code');
      expect(
        await app.sql(`SELECT 1 FROM castellan.tokens WHERE type = 'invitation' AND subject = $1`, [
          invitation.id,
        ]),
      ).toEqual([]);
    });
  });

  it('is sent again by another admin, under the same ceiling', async () => {
    const app = current();
    const { id, email, token } = await inviteInto(app, org.id, org.owner);
    const answer = await app.api.post(`${base()}/${id}/resend`, undefined, { token: org.admin.access });
    expect(answer.status).toBe(200);
    expectProblem(await signUpBy(token), 400, 'core.invalid_code');
    expect((await signUpBy(await tokenTo(app, email))).status).toBe(200);
  });
});
