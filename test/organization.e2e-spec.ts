import { describe, expect, it } from '@jest/globals';
import type { Answer } from '../src/testing/test-client.js';
import {
  freshName,
  logIn,
  meStatus,
  refresh,
  refusal,
  signUpAndLogIn,
  tokensOf,
} from './support/accounts.js';
import { claimsOf } from './support/claims.js';
import { describeMatrix, MATRIX } from './support/matrix.js';
import { admit, cast, createOrganization, type Person } from './support/organizations.js';

describeMatrix('Organizations', MATRIX, (current) => {
  describe('an organization', () => {
    it('is made by whoever owns it then, and shown to its members alone', async () => {
      const app = current();
      const owner = await signUpAndLogIn(app);
      const made = await app.api.post(
        '/organizations',
        { name: 'Analytical Engines & Co.', metadata: { plan: 'team' } },
        { token: owner.access },
      );
      expect([made.status, made.body]).toMatchObject([
        201,
        {
          name: 'Analytical Engines & Co.',
          slug: expect.stringMatching(/^analytical-engines-co(-\d+)?$/),
          owner_id: owner.id,
          metadata: { plan: 'team' },
          personal: false,
          active: true,
        },
      ]);
      const path = `/organizations/${made.body.id}`;
      expect((await app.api.get(path, { token: owner.access })).body).toEqual(made.body);
      const stranger = await signUpAndLogIn(app);
      const hidden = await app.api.get(path, { token: stranger.access });
      const missing = await app.api.get('/organizations/01890a5d-ac96-774b-bcce-b302099a8057', {
        token: stranger.access,
      });
      expect(refusal(hidden)).toEqual([404, 'organization.not_found']);
      expect({ ...missing.body, instance: '' }).toEqual({ ...hidden.body, instance: '' });
      expect(refusal(await app.api.get('/organizations/nonsense', { token: owner.access }))).toEqual([
        404,
        'organization.not_found',
      ]);
    });

    it('refuses slugs that are malformed, reserved or another’s', async () => {
      const app = current();
      const { owner, slug } = await cast(app);
      for (const [bad, answer] of [
        ['Upper', [400, 'organization.invalid_slug']],
        ['-a', [400, 'organization.invalid_slug']],
        ['a_b', [400, 'organization.invalid_slug']],
        ['admin', [400, 'organization.slug_reserved']],
        [slug, [409, 'organization.slug_taken']],
      ] as const) {
        expect(refusal(await createOrganization(app, owner, { slug: bad }))).toEqual(answer);
      }
    });

    it('keeps its former slug as an alias, which leads to it and is nobody else’s', async () => {
      const app = current();
      const { id, slug, owner, admin, stranger } = await cast(app);
      const renamed = freshName('new-');
      const path = `/organizations/${id}`;
      const answer = await app.api.patch(path, { slug: renamed }, { token: admin.access });
      expect([answer.status, answer.body['slug']]).toEqual([200, renamed]);
      expect((await app.api.get(`/organizations/by-slug/${slug}`, { token: owner.access })).body.id).toBe(id);
      expect((await app.api.get(`${path}/aliases`, { token: owner.access })).body.data).toEqual([slug]);
      expect(refusal(await createOrganization(app, stranger, { slug }))).toEqual([
        409,
        'organization.slug_taken',
      ]);
      // Its own again.
      await app.api.patch(path, { slug }, { token: admin.access });
      expect((await app.api.get(`${path}/aliases`, { token: owner.access })).body.data).toEqual([renamed]);
    });

    it('is changed by admins, deleted by owners, and leaves nothing', async () => {
      const app = current();
      const { id, slug, owner, admin, member } = await cast(app);
      const path = `/organizations/${id}`;
      expect(refusal(await app.api.patch(path, { name: 'X' }, { token: member.access }))).toEqual([
        403,
        'organization.forbidden',
      ]);
      expect((await app.api.patch(path, { name: 'X' }, { token: admin.access })).body).toMatchObject({
        name: 'X',
        slug,
      });
      expect(refusal(await app.api.delete(path, undefined, { token: admin.access }))).toEqual([
        403,
        'organization.forbidden',
      ]);
      await app.api.post(`${path}/teams`, { name: 'Team' }, { token: admin.access });
      expect((await app.api.delete(path, undefined, { token: owner.access })).status).toBe(204);
      expect(refusal(await app.api.get(path, { token: owner.access }))).toEqual([
        404,
        'organization.not_found',
      ]);
      for (const [table, column] of [
        ['organizations', 'id'],
        ['organization_members', 'organization_id'],
        ['organization_teams', 'organization_id'],
        ['slugs', 'owner_id'],
      ]) {
        expect(await app.sql(`SELECT 1 FROM castellan.${table} WHERE ${column} = $1`, [id])).toEqual([]);
      }
      expect((await createOrganization(app, member, { slug })).status).toBe(201);
    });

    it('is listed for its members, by search and page', async () => {
      const app = current();
      const owner = await signUpAndLogIn(app);
      for (const name of ['One 100%', 'Two', 'Three']) await createOrganization(app, owner, { name });
      const list = async (query: string): Promise<unknown[]> =>
        (await app.api.get(`/organizations?${query}`, { token: owner.access })).body.data.map(
          ({ name }) => name,
        );
      expect(await list('sort_field=name&sort_dir=asc')).toEqual(['One 100%', 'Three', 'Two']);
      expect(await list('query=%25')).toEqual(['One 100%']);
      const first = await app.api.get('/organizations?sort_field=name&sort_dir=asc&limit=2', {
        token: owner.access,
      });
      expect(first.body).toMatchObject({ total: 3, limit: 2 });
      expect(
        await list(
          `sort_field=name&sort_dir=asc&limit=2&cursor=${encodeURIComponent(String(first.body['next_cursor']))}`,
        ),
      ).toEqual(['Two']);
    });
  });

  describe('members', () => {
    it('are seen by each other, with what they show of themselves', async () => {
      const app = current();
      const { id, owner, admin, member, stranger } = await cast(app);
      const path = `/organizations/${id}/members`;
      const listed = await app.api.get(`${path}?sort_dir=asc`, { token: member.access });
      expect(listed.body.data.map(({ user_id }) => user_id)).toEqual([owner.id, admin.id, member.id]);
      expect(listed.body.data[0]?.user).toEqual({ username: owner.username, name: null, avatar: null });
      expect((await app.api.get(`${path}?role=admin`, { token: member.access })).body['total']).toBe(1);
      expect((await app.api.get(`${path}/${admin.id}`, { token: member.access })).body).toMatchObject({
        role: 'admin',
      });
      expect(refusal(await app.api.get(path, { token: stranger.access }))).toEqual([
        404,
        'organization.not_found',
      ]);
      expect(refusal(await app.api.get(`${path}/${stranger.id}`, { token: member.access }))).toEqual([
        404,
        'organization.member_not_found',
      ]);
    });

    it('never get or lose a role above the one who changes it', async () => {
      const app = current();
      const { id, owner, admin, member } = await cast(app);
      const set = async (by: Person, who: Person, role: string): Promise<unknown[]> =>
        refusal(
          await app.api.patch(`/organizations/${id}/members/${who.id}`, { role }, { token: by.access }),
        );
      expect(await set(member, admin, 'member')).toEqual([403, 'organization.forbidden']);
      expect(await set(admin, member, 'owner')).toEqual([403, 'organization.role_too_high']);
      expect(await set(admin, admin, 'owner')).toEqual([403, 'organization.role_too_high']);
      expect(await set(admin, owner, 'member')).toEqual([403, 'organization.role_too_high']);
      expect(await set(owner, owner, 'member')).toEqual([409, 'organization.last_owner']);
      expect(await set(admin, member, 'admin')).toEqual([200, undefined]);
      expect(await set(owner, admin, 'owner')).toEqual([200, undefined]);
      expect(await set(owner, owner, 'member')).toEqual([200, undefined]);
      const { access } = tokensOf(await refresh(app, owner.refresh));
      const { body } = await app.api.get(`/organizations/${id}`, { token: access });
      expect(body['owner_id']).toBe(admin.id);
    });

    it('leave or are removed, and may nothing from then on', async () => {
      const app = current();
      const { id, owner, admin, member } = await cast(app);
      const path = `/organizations/${id}`;
      expect(refusal(await app.api.post(`${path}/leave`, undefined, { token: owner.access }))).toEqual([
        409,
        'organization.last_owner',
      ]);
      expect(
        refusal(await app.api.delete(`${path}/members/${admin.id}`, undefined, { token: member.access })),
      ).toEqual([403, 'organization.forbidden']);
      expect(
        (await app.api.delete(`${path}/members/${member.id}`, undefined, { token: admin.access })).status,
      ).toBe(204);
      expect((await app.api.post(`${path}/leave`, undefined, { token: admin.access })).status).toBe(204);
      for (const { id: userId, email, password } of [member, admin]) {
        const { body } = await app.api.post('/login', { email, password });
        expect(refusal(await app.api.get(path, { token: body.access_token }))).toEqual([
          404,
          'organization.not_found',
        ]);
        expect(userId).toBe(body.user.id);
      }
    });

    it('get the ownership handed over', async () => {
      const app = current();
      const { id, owner, member, stranger } = await cast(app);
      const transfer = (to: string): Promise<Answer> =>
        app.api.post(`/organizations/${id}/transfer`, { user_id: to }, { token: owner.access });
      expect(refusal(await transfer(stranger.id))).toEqual([404, 'organization.member_not_found']);
      const handed = await transfer(member.id);
      expect([handed.status, handed.body]).toMatchObject([200, { user_id: member.id, role: 'owner' }]);
      const { body } = await app.api.get(`/organizations/${id}`, {
        token: tokensOf(await refresh(app, owner.refresh)).access,
      });
      expect(body['owner_id']).toBe(member.id);
      expect(refusal(await transfer(owner.id))[0]).toBeGreaterThanOrEqual(401);
    });

    it('list their memberships, and an account that ends leaves its organizations', async () => {
      const app = current();
      const { id, slug, owner, member } = await cast(app);
      const mine = await app.api.get('/me/organizations', { token: member.access });
      expect(mine.body.data).toMatchObject([{ organization_id: id, slug, role: 'member', roles: [] }]);
      expect(
        refusal(await app.api.delete('/me', { password: owner.password }, { token: owner.access })),
      ).toEqual([409, 'organization.last_owner']);
      expect(
        (await app.api.delete('/me', { password: member.password }, { token: member.access })).status,
      ).toBe(204);
      const left = await app.api.get(`/organizations/${id}/members`, { token: owner.access });
      expect(left.body['total']).toBe(2);
    });
  });

  describe('the active organization', () => {
    it('stands in the tokens of who switched to it, and is dropped when the membership ends', async () => {
      const app = current();
      const { id, slug, owner, member, stranger } = await cast(app);
      const switched = await app.api.post(
        `/organizations/${id}/switch`,
        { refresh_token: member.refresh },
        { token: member.access },
      );
      expect(switched.status).toBe(200);
      const scoped = tokensOf(switched);
      const claims = async (token: string): Promise<unknown> => claimsOf(app, token);
      expect(await claims(scoped.access)).toMatchObject({ org_id: id, org_slug: slug, org_role: 'member' });
      const refused = await app.api.post(
        `/organizations/${id}/switch`,
        { refresh_token: stranger.refresh },
        { token: stranger.access },
      );
      expect(refusal(refused)).toEqual([403, 'organization.not_a_member']);
      const mixed = await app.api.post(
        `/organizations/${id}/switch`,
        { refresh_token: stranger.refresh },
        { token: member.access },
      );
      expect(refusal(mixed)).toEqual([401, 'core.invalid_refresh_token']);
      // Not consumed.
      expect((await refresh(app, stranger.refresh)).status).toBe(200);

      const again = tokensOf(await refresh(app, scoped.refresh));
      expect(await claims(again.access)).toMatchObject({ org_id: id });
      await app.api.delete(`/organizations/${id}/members/${member.id}`, undefined, { token: owner.access });
      const after = await refresh(app, again.refresh);
      expect(await claims(tokensOf(after).access)).not.toHaveProperty('org_id');
    });

    it('is given at a refresh, or none', async () => {
      const app = current();
      const { id, owner } = await cast(app);
      const scoped = tokensOf(
        await app.api.post('/refresh', { refresh_token: owner.refresh, organization_id: id }),
      );
      expect(await claimsOf(app, scoped.access)).toMatchObject({ org_id: id, org_permissions: ['*:*'] });
      const free = await app.api.delete(
        '/organizations/active',
        { refresh_token: scoped.refresh },
        { token: scoped.access },
      );
      expect(await claimsOf(app, tokensOf(free).access)).not.toHaveProperty('org_id');
    });

    it('shuts the routes of every other organization', async () => {
      const app = current();
      const { id, slug, owner, stranger } = await cast(app);
      const other = await createOrganization(app, owner);
      const scoped = tokensOf(
        await app.api.post('/refresh', { refresh_token: owner.refresh, organization_id: id }),
      );
      const options = { token: scoped.access };
      expect((await app.api.get(`/organizations/${id}/members`, options)).status).toBe(200);
      expect(refusal(await app.api.get(`/organizations/${other.body.id}/members`, options))).toEqual([
        403,
        'organization.other_organization',
      ]);
      const bySlug = (slug: unknown): Promise<Answer> =>
        app.api.get(`/organizations/by-slug/${String(slug)}`, options);
      expect((await bySlug(slug)).status).toBe(200);
      expect(refusal(await bySlug(other.body['slug']))).toEqual([403, 'organization.other_organization']);
      const strange = await createOrganization(app, stranger);
      expect(refusal(await bySlug(strange.body['slug']))).toEqual([404, 'organization.not_found']);
      expect(await meStatus(app, scoped.access)).toBe(200);
    });
  });

  describe('teams', () => {
    it('hold members of the organization, for as long as they are', async () => {
      const app = current();
      const { id, owner, admin, member, stranger } = await cast(app);
      const path = `/organizations/${id}/teams`;
      const token = { token: admin.access };
      const team = await app.api.post(path, { name: 'Calculators' }, token);
      expect([team.status, team.body]).toMatchObject([201, { name: 'Calculators', slug: 'calculators' }]);
      expect(refusal(await app.api.post(path, { name: 'X', slug: 'calculators' }, token))).toEqual([
        409,
        'organization.team_slug_taken',
      ]);
      expect(refusal(await app.api.post(path, { name: 'X' }, { token: member.access }))).toEqual([
        403,
        'organization.forbidden',
      ]);
      const members = `${path}/${team.body.id}/members`;
      expect((await app.api.post(members, { user_id: member.id }, token)).status).toBe(204);
      expect((await app.api.post(members, { user_id: member.id }, token)).status).toBe(204);
      expect(refusal(await app.api.post(members, { user_id: stranger.id }, token))).toEqual([
        404,
        'organization.member_not_found',
      ]);
      expect((await app.api.get(members, { token: owner.access })).body['total']).toBe(1);
      await app.api.delete(`/organizations/${id}/members/${member.id}`, undefined, token);
      expect((await app.api.get(members, { token: owner.access })).body['total']).toBe(0);
      const other = await createOrganization(app, stranger);
      const foreign = `/organizations/${other.body.id}/teams/${team.body.id}`;
      expect(refusal(await app.api.get(foreign, { token: stranger.access }))).toEqual([
        404,
        'organization.team_not_found',
      ]);
      expect((await app.api.delete(`${path}/${team.body.id}`, undefined, token)).status).toBe(204);
    });
  });

  describe('roles of its own', () => {
    it('are made and given by who may, up to what they hold, and count at once', async () => {
      const app = current();
      const { id, admin, member, stranger, owner } = await cast(app);
      const path = `/organizations/${id}/roles`;
      const role = { slug: 'recruiter', name: 'Recruiter', permissions: ['member:remove'] };
      expect(refusal(await app.api.post(path, role, { token: member.access }))).toEqual([
        403,
        'organization.forbidden',
      ]);
      const beyond = { ...role, permissions: ['organization:delete'] };
      expect(refusal(await app.api.post(path, beyond, { token: admin.access }))).toEqual([
        403,
        'rbac.above_ceiling',
      ]);
      expect(refusal(await app.api.post(path, { ...role, slug: 'owner' }, { token: owner.access }))).toEqual([
        409,
        'rbac.slug_reserved',
      ]);
      const made = await app.api.post(path, role, { token: admin.access });
      expect([made.status, made.body]).toMatchObject([201, { organization_id: id, slug: 'recruiter' }]);
      const assignments = `${path}/${made.body.id}/assignments`;
      expect(
        refusal(await app.api.post(assignments, { user_id: stranger.id }, { token: admin.access })),
      ).toEqual([404, 'organization.member_not_found']);
      expect((await app.api.post(assignments, { user_id: member.id }, { token: admin.access })).status).toBe(
        201,
      );
      const { access } = await logIn(app, member);
      const newcomer = await signUpAndLogIn(app);
      await admit(app, id, newcomer.id, 'member');
      expect((await app.api.get('/me/organizations', { token: access })).body.data).toMatchObject([
        { role: 'member', roles: ['recruiter'] },
      ]);
      expect(
        (await app.api.delete(`/organizations/${id}/members/${newcomer.id}`, undefined, { token: access }))
          .status,
      ).toBe(204);
      // Removal takes the role too.
      await app.api.delete(`/organizations/${id}/members/${member.id}`, undefined, { token: admin.access });
      expect((await app.api.get(assignments, { token: admin.access })).body['total']).toBe(0);
      const other = await createOrganization(app, stranger);
      expect(
        refusal(
          await app.api.get(`/organizations/${other.body.id}/roles/${made.body.id}`, {
            token: stranger.access,
          }),
        ),
      ).toEqual([404, 'rbac.role_not_found']);
    });
  });

  it('tells which slugs are free', async () => {
    const app = current();
    const { slug } = await cast(app);
    const ask = async (name: string): Promise<unknown[]> => {
      const answer = await app.api.get(`/availability?organization_slug=${name}`);
      return [answer.status, answer.body['available'], answer.body.code];
    };
    expect(await ask(slug)).toEqual([200, false, undefined]);
    expect(await ask(freshName('free-'))).toEqual([200, true, undefined]);
    expect(await ask('-')).toEqual([400, undefined, 'organization.invalid_slug']);
    expect(refusal(await app.api.get(`/availability?organization_slug=a&username=b12`))[0]).toBe(400);
  });

  it('resolves usernames, former ones too', async () => {
    const app = current();
    const person = await signUpAndLogIn(app);
    const renamed = freshName('r');
    await app.api.patch('/me', { username: renamed }, { token: person.access });
    const options = { token: person.access };
    expect((await app.api.get(`/slugs/users/${person.username}`, options)).body).toEqual({
      kind: 'user',
      id: person.id,
      current: false,
    });
    expect((await app.api.get(`/slugs/users/${renamed}`, options)).body).toMatchObject({ current: true });
    expect((await app.api.get('/me/aliases', options)).body.data).toEqual([person.username]);
  });
});
