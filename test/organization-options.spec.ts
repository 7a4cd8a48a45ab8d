import 'reflect-metadata';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module } from '@nestjs/common';
import {
  CurrentMembership,
  type Membership,
  organization,
  OrganizationErrors,
  type OrganizationOptions,
  OrgPermissions,
  OrgRoles,
  rbac,
} from '../src/index.js';
import { createTestAuth, type TestAuth, type TestAuthOptions } from '../src/testing/index.js';

const started: TestAuth[] = [];

afterEach(async () => {
  await Promise.all(started.splice(0).map((auth) => auth.close()));
});

async function start(options: OrganizationOptions, more: TestAuthOptions = {}): Promise<TestAuth> {
  const auth = await createTestAuth({ ...more, modules: [rbac(), organization(options)] });
  started.push(auth);
  return auth;
}

async function person(
  auth: TestAuth,
  username: string,
): Promise<{ id: string; token: string; refresh: string }> {
  const account = { email: `${username}@example.com`, username, password: 'a gatehouse of 7 towers' };
  const { body } = await auth.api.post('/signup', account);
  const login = await auth.api.post('/login', { username, password: account.password });
  return { id: body.user.id, token: login.body.access_token, refresh: login.body.refresh_token };
}

describe('single mode', () => {
  it('has one organization: the first account owns it, every other joins, nobody makes another', async () => {
    const auth = await start({ mode: 'single', singleOrganization: { slug: 'acme', name: 'Acme' } });
    const first = await person(auth, 'ada');
    const second = await person(auth, 'eva');
    for (const [{ token }, role] of [
      [first, 'owner'],
      [second, 'member'],
    ] as const) {
      const { body } = await auth.api.get('/me/organizations', { token });
      expect(body.data).toMatchObject([{ slug: 'acme', name: 'Acme', role }]);
    }
    const made = await auth.api.post('/organizations', { name: 'Other' }, { token: first.token });
    expect([made.status, made.body.code]).toEqual([403, 'organization.creation_disabled']);
  });

  it('founds it once where two come first at once', async () => {
    const auth = await start({ mode: 'single' });
    await Promise.all(['ada', 'eva', 'ida'].map((name) => person(auth, name)));
    const roles = await Promise.all(
      ['ada', 'eva', 'ida'].map(async (name) => {
        const account = { username: name, password: 'a gatehouse of 7 towers' };
        const { body } = await auth.api.post('/login', account);
        const mine = await auth.api.get('/me/organizations', { token: body.access_token });
        return mine.body.data.map(({ role }) => role);
      }),
    );
    expect(roles.flat().sort()).toEqual(['member', 'member', 'owner']);
  });
});

describe('personal organizations', () => {
  it('come with the account, keep name and owner, and go with it', async () => {
    const auth = await start({ personalOrganizations: true });
    const { id, token } = await person(auth, 'ada');
    const { body } = await auth.api.get('/organizations', { token });
    expect(body.data).toMatchObject([{ slug: 'ada', personal: true, owner_id: id }]);
    const path = `/organizations/${body.data[0]?.id ?? ''}`;
    for (const refused of [
      await auth.api.patch(path, { slug: 'other' }, { token }),
      await auth.api.delete(path, undefined, { token }),
      await auth.api.post(`${path}/leave`, undefined, { token }),
      await auth.api.patch(`${path}/members/${id}`, { role: 'member' }, { token }),
    ]) {
      expect([refused.status, refused.body.code]).toEqual([409, OrganizationErrors.personal_locked.code]);
    }
    expect((await auth.api.delete('/me', { password: 'a gatehouse of 7 towers' }, { token })).status).toBe(
      204,
    );
    const heir = await person(auth, 'ada');
    expect((await auth.api.get('/organizations', { token: heir.token })).body.data).toMatchObject([
      { slug: 'ada' },
    ]);
  });
});

describe('the metadata of an organization', () => {
  it('have 16 KiB at most, and are never null', async () => {
    const auth = await start({});
    const { token } = await person(auth, 'ada');
    const tried = async (metadata: unknown): Promise<unknown[]> => {
      const { status, body } = await auth.api.post('/organizations', { name: 'X', metadata }, { token });
      return [status, body.code];
    };
    expect(await tried({ a: 'x'.repeat(16_000) })).toEqual([201, undefined]);
    expect(await tried({ a: 'é'.repeat(9_000) })).toEqual([400, 'organization.metadata_too_large']);
    expect(await tried(null)).toEqual([400, 'core.validation_failed']);
    const { body } = await auth.api.post('/organizations', { name: 'Y' }, { token });
    const change = { metadata: { a: 'x'.repeat(17_000) } };
    const refused = await auth.api.patch(`/organizations/${body.id}`, change, { token });
    expect([refused.status, refused.body.code]).toEqual([400, 'organization.metadata_too_large']);
    const unnamed = await auth.api.patch(`/organizations/${body.id}`, { name: null }, { token });
    expect([unnamed.status, unnamed.body.code]).toEqual([400, 'core.validation_failed']);
  });
});

describe('a shared namespace', () => {
  it('lets no organization take a username, and no user a slug', async () => {
    const auth = await start({ sharedNamespace: true });
    const { token } = await person(auth, 'ada');
    const make = async (slug: string): Promise<unknown[]> => {
      const { status, body } = await auth.api.post('/organizations', { name: 'X', slug }, { token });
      return [status, body.code];
    };
    expect(await make('ada')).toEqual([409, 'organization.owner_slug_taken']);
    expect(await make('engines')).toEqual([201, undefined]);
    const account = { email: 'e@example.com', username: 'Engines', password: 'a gatehouse of 7 towers' };
    const refused = await auth.api.post('/signup', account);
    expect([refused.status, refused.body.code]).toEqual([409, 'organization.owner_slug_taken']);
    expect((await auth.api.post('/signup', { ...account, username: 'other' })).status).toBe(201);
    const renamed = await auth.api.patch('/me', { username: 'engines' }, { token });
    expect([renamed.status, renamed.body.code]).toEqual([409, 'organization.owner_slug_taken']);
    const asked = await auth.api.get('/availability?username=Engines');
    expect(asked.body).toMatchObject({ available: false });
  });

  it('derives a username that no organization has, and takes it from whoever asks for none', async () => {
    const auth = await start({ sharedNamespace: true, personalOrganizations: true });
    const { token } = await person(auth, 'ada');
    await auth.api.post('/organizations', { name: 'X', slug: 'engines' }, { token });
    const account = { email: 'engines@example.com', password: 'a gatehouse of 7 towers' };
    const { status, body } = await auth.api.post('/signup', account);
    expect([status, body.user.username]).toEqual([201, expect.stringMatching(/^engines\d{4}$/)]);
  });
});

describe('on a host’s routes', () => {
  @Controller('host')
  class HostController {
    @OrgRoles('admin')
    @Get('admins/:organization_id')
    admins(@CurrentMembership() { role }: Membership): object {
      return { role };
    }

    @OrgRoles('member', { from: 'header' })
    @Get('header')
    header(@CurrentMembership() { slug }: Membership): object {
      return { slug };
    }

    @OrgPermissions(['invoices:read'], { from: 'token' })
    @Get('token')
    token(@CurrentMembership() { organizationId }: Membership): object {
      return { organizationId };
    }
  }

  @Module({ controllers: [HostController] })
  class HostModule {}

  it.each(['session', 'stateless'] as const)('guards ask the store each time (%s)', async (mode) => {
    const auth = await start({}, { mode, imports: [HostModule] });
    const get = async (path: string, token: string, headers = {}): Promise<unknown[]> => {
      const answer = await fetch(`${auth.url}${path}`, {
        headers: { authorization: `Bearer ${token}`, ...headers },
      });
      const body = (await answer.json()) as Record<string, unknown>;
      return [answer.status, body['code'] ?? body];
    };
    const ada = await person(auth, 'ada');
    const eva = await person(auth, 'eva');
    const { body } = await auth.api.post('/organizations', { name: 'Acme' }, { token: ada.token });
    const admins = `/host/admins/${body.id}`;
    expect(await get(admins, ada.token)).toEqual([200, { role: 'owner' }]);
    expect(await get(admins, eva.token)).toEqual([403, 'organization.not_a_member']);
    expect((await fetch(`${auth.url}${admins}`)).status).toBe(401);
    const header = { 'castellan-organization': body.id };
    expect(await get('/host/header', ada.token, header)).toEqual([200, { slug: 'acme' }]);
    expect(await get('/host/header', ada.token)).toEqual([403, 'organization.organization_required']);
    expect(await get('/host/token', ada.token)).toEqual([403, 'organization.organization_required']);
    const switched = await auth.api.post(
      `/organizations/${body.id}/switch`,
      { refresh_token: ada.refresh },
      { token: ada.token },
    );
    expect(await get('/host/token', switched.body.access_token)).toEqual([200, { organizationId: body.id }]);
    const other = await auth.api.post(
      '/organizations',
      { name: 'Other' },
      { token: switched.body.access_token },
    );
    expect(await get(`/host/admins/${other.body.id}`, switched.body.access_token)).toEqual([
      403,
      'organization.other_organization',
    ]);
  });
});
