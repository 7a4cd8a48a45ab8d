import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventBus } from '../../../shared/events/event-bus.js';
import { SYSTEM_CLIENT } from '../../../shared/http/client-info.js';
import { inMemoryStorage } from '../../../shared/persistence/in-memory-storage.js';
import { createTestAuth, type TestAuth, type TestAuthOptions } from '../../../testing/index.js';
import { AccountRemovalService, OptionsError, UserRepository } from '../../core/index.js';
import { Roles } from '../access/access.decorators.js';
import { RoleAssignments } from '../assignment/role-assignments.js';
import { RoleScopes } from '../assignment/role-scopes.js';
import { type Grantor, SYSTEM_GRANTOR } from '../permission/grantor.js';
import { PermissionSet } from '../permission/permission-set.js';
import { RbacEvent, RoleAssignmentEvent, RoleUpdated } from '../rbac.events.js';
import { rbac } from '../rbac.module.js';
import { DeclaredRoles } from './declared-roles.js';
import type { NewRole } from './role.js';
import { RoleService } from './role.service.js';

const CLERK: NewRole = { slug: 'clerk', name: 'Clerk', permissions: ['invoices:read'] };
const ABOVE = { code: 'rbac.above_ceiling', status: 403 };

let auth: TestAuth;
let roles: RoleService;
let assignments: RoleAssignments;
let told: string[];

async function start(options: TestAuthOptions = {}): Promise<void> {
  auth = await createTestAuth({ modules: [rbac()], ...options });
  roles = auth.app.get(RoleService, { strict: false });
  assignments = auth.app.get(RoleAssignments, { strict: false });
  told = [];
  auth.app.get(EventBus, { strict: false }).on(RbacEvent, 'transaction', (event) => {
    const whose =
      event instanceof RoleAssignmentEvent ? ` ${event.userId} ${String(event.organizationId)}` : '';
    told.push(`${event.constructor.name} ${event.role.slug} ${String(event.actorId)}${whose}`);
  });
}

beforeEach(() => start());
afterEach(() => auth.close());

const holding = (permissions: string[], held: string[] = []): Grantor => ({
  userId: 'grantor',
  roles: held,
  permissions: PermissionSet.of(permissions),
});
const make = (scope: string | null, input: NewRole, grantor = SYSTEM_GRANTOR) =>
  roles.create(scope, input, grantor, SYSTEM_CLIENT);
const user = async (): Promise<string> => {
  const id = randomUUID();
  await auth.app
    .get(UserRepository, { strict: false })
    .create({ id, createdAt: auth.clock.now(), email: `${id}@example.com` });
  return id;
};
const assign = (scope: string | null, roleId: string, userId: string, grantor = SYSTEM_GRANTOR) =>
  assignments.assign(scope, roleId, userId, grantor, SYSTEM_CLIENT);
const revoke = (scope: string | null, roleId: string, userId: string, grantor = SYSTEM_GRANTOR) =>
  assignments.revoke(scope, roleId, userId, grantor, SYSTEM_CLIENT);

describe(RoleService.name, () => {
  it('makes, shows, changes, lists and deletes roles, and tells of it', async () => {
    const role = await make(null, { ...CLERK, permissions: ['orders:*', 'invoices:read', 'orders:read'] });
    expect(role).toMatchObject({
      slug: 'clerk',
      permissions: ['invoices:read', 'orders:*'],
      reserved: false,
    });
    expect(await roles.get(null, role.id)).toEqual(role);
    expect((await roles.getBySlug(null, 'clerk')).id).toBe(role.id);
    await make(null, { slug: 'other', name: 'Other', permissions: [] });
    expect((await roles.list(null, { query: 'CLE' })).data).toEqual([role]);
    const changed = await roles.update(null, role.id, { name: 'Head clerk' }, SYSTEM_GRANTOR, SYSTEM_CLIENT);
    expect(changed).toMatchObject({ name: 'Head clerk', permissions: role.permissions });
    await roles.update(null, role.id, { name: 'Head clerk' }, SYSTEM_GRANTOR, SYSTEM_CLIENT);
    await roles.delete(null, role.id, SYSTEM_GRANTOR, SYSTEM_CLIENT);
    await expect(roles.get(null, role.id)).rejects.toMatchObject({ code: 'rbac.role_not_found' });
    expect(told).toEqual([
      'RoleCreated clerk null',
      'RoleCreated other null',
      'RoleUpdated clerk null',
      'RoleDeleted clerk null',
    ]);
  });

  it('keeps scopes apart', async () => {
    const [one, other] = [randomUUID(), randomUUID()];
    const role = await make(one, CLERK);
    await make(other, CLERK);
    await make(null, CLERK);
    for (const scope of [other, null]) {
      const outside = { code: 'rbac.role_not_found', status: 404 };
      await expect(roles.get(scope, role.id)).rejects.toMatchObject(outside);
      await expect(roles.update(scope, role.id, {}, SYSTEM_GRANTOR, SYSTEM_CLIENT)).rejects.toMatchObject(
        outside,
      );
      await expect(roles.delete(scope, role.id, SYSTEM_GRANTOR, SYSTEM_CLIENT)).rejects.toMatchObject(
        outside,
      );
      await expect(assign(scope, role.id, await user())).rejects.toMatchObject(outside);
      await expect(revoke(scope, role.id, await user())).rejects.toMatchObject(outside);
      await expect(assignments.listByRole(scope, role.id, {})).rejects.toMatchObject(outside);
    }
    expect((await roles.list(one, {})).total).toBe(1);
  });

  it.each([
    { ...CLERK, slug: '' },
    { ...CLERK, slug: 'Clerk' },
    { ...CLERK, slug: '-clerk' },
    { ...CLERK, slug: 'a--b' },
    { ...CLERK, slug: 'a'.repeat(64) },
    { ...CLERK, name: ' ' },
    { ...CLERK, name: 'a\u0000b' },
    { ...CLERK, name: 'a\uD800b' },
    { ...CLERK, description: 'a'.repeat(501) },
    { ...CLERK, permissions: ['*'] },
    { ...CLERK, permissions: Array.from({ length: 101 }, (_, n) => `a:${n}`) },
  ])('refuses %j, whoever asks', async (input) => {
    await expect(make(null, input)).rejects.toMatchObject({ code: 'core.validation_failed' });
  });

  it('gives a slug once in each scope, and reserved ones to nobody', async () => {
    const made = await Promise.allSettled(Array.from({ length: 20 }, () => make(null, CLERK)));
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await make(randomUUID(), CLERK);
    for (const slug of ['owner', 'admin', 'member', 'super-admin', 'root'])
      for (const scope of [null, randomUUID()])
        await expect(make(scope, { ...CLERK, slug })).rejects.toMatchObject({ code: 'rbac.slug_reserved' });
  });
});

describe('the ceiling', () => {
  it('lets nobody make a role beyond what they hold', async () => {
    const grantor = holding(['invoices:*', 'roles:*']);
    await make(null, CLERK, grantor);
    for (const permission of ['orders:read', '*:read', '*:*', 'invoices-2:read']) {
      const input = { ...CLERK, slug: 'above', permissions: ['invoices:read', permission] };
      await expect(make(null, input, grantor)).rejects.toMatchObject({
        ...ABOVE,
        extra: { missing: [permission] },
      });
    }
  });

  it('lets nobody touch a role that is beyond them, nor bring one there', async () => {
    const [low, high] = [
      await make(null, CLERK),
      await make(null, { ...CLERK, slug: 'boss', permissions: ['*:*'] }),
    ];
    const [holder, grantor] = [await user(), holding(['invoices:read', 'roles:*'])];
    await assign(null, high.id, holder);
    const attempts = [
      () => roles.update(null, low.id, { permissions: ['invoices:*'] }, grantor, SYSTEM_CLIENT),
      () => roles.update(null, high.id, { permissions: [] }, grantor, SYSTEM_CLIENT),
      () => roles.update(null, high.id, { name: 'Mine' }, grantor, SYSTEM_CLIENT),
      () => roles.delete(null, high.id, grantor, SYSTEM_CLIENT),
      () => assign(null, high.id, holder, grantor),
      () => revoke(null, high.id, holder, grantor),
    ];
    told = [];
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject(ABOVE);
    expect(told).toEqual([]);
    expect(await roles.get(null, high.id)).toEqual(high);
    expect((await assignments.rolesOf(holder, null)).slugs).toEqual(['boss']);
    await roles.update(null, low.id, { permissions: [] }, grantor, SYSTEM_CLIENT);
  });

  it('counts what a role opens by its name alone', async () => {
    Roles('keeper')(
      class Vault {
        readonly name = 'vault';
      },
    );
    const keeper = { ...CLERK, slug: 'keeper', permissions: [] };
    const [clerk, holder] = [holding(['roles:*', 'invoices:*']), await user()];
    await expect(make(null, keeper, clerk)).rejects.toMatchObject(ABOVE);
    const role = await make(null, keeper, holding(['*:*']));
    await expect(assign(null, role.id, holder, clerk)).rejects.toMatchObject(ABOVE);
    await assign(null, role.id, holder, holding(['roles:*'], ['keeper']));
    // What organizations call their roles is their business.
    await make(randomUUID(), keeper, clerk);
  });
});

describe('roles declared in code', () => {
  const DECLARED: NewRole = { slug: 'admin', name: 'Admin', permissions: ['users:*'] };

  it('are there after the start, and change in code alone', async () => {
    await auth.close();
    await start({ modules: [rbac({ roles: [DECLARED] })] });
    const role = await roles.getBySlug(null, 'admin');
    expect(role).toMatchObject({ ...DECLARED, reserved: true, description: null });
    const refusal = { code: 'rbac.role_reserved', status: 403 };
    await expect(
      roles.update(null, role.id, { name: 'x' }, SYSTEM_GRANTOR, SYSTEM_CLIENT),
    ).rejects.toMatchObject(refusal);
    await expect(roles.delete(null, role.id, SYSTEM_GRANTOR, SYSTEM_CLIENT)).rejects.toMatchObject(refusal);
    await assign(null, role.id, await user());
  });

  it('stop the start where they are declared wrongly', () => {
    const declare = (role: Partial<NewRole>) => () =>
      rbac({ roles: [{ ...DECLARED, ...role }] })({ storage: inMemoryStorage() });
    for (const role of [{ permissions: ['users'] }, { slug: 'super-admin' }, { name: '' }])
      expect(declare(role)).toThrow(OptionsError);
    expect(declare({})).not.toThrow();
  });

  it('are written once the store answers', async () => {
    const options = { roles: [DECLARED] };
    const failing = { declare: () => Promise.reject(new Error('down')) };
    const declared = new DeclaredRoles(Object.assign(Object.create(roles) as RoleService, failing), options);
    await declared.onApplicationBootstrap();
    await declared.beforeApplicationShutdown();
    expect((await roles.list(null, {})).total).toBe(0);
    await new DeclaredRoles(roles, options).onApplicationBootstrap();
    expect((await roles.list(null, {})).total).toBe(1);
  });

  it('may be declared by many at once, change with the declaration, and take over', async () => {
    const made = await Promise.all(Array.from({ length: 10 }, () => roles.declare(null, DECLARED)));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect(told).toEqual(['RoleCreated admin null']);
    const changed = await roles.declare(null, { ...DECLARED, permissions: ['users:read'] });
    expect(changed).toMatchObject({ id: made[0]?.id, permissions: ['users:read'], reserved: true });
    const own = await make(null, CLERK);
    expect(await roles.declare(null, CLERK)).toMatchObject({ id: own.id, reserved: true });
    await expect(roles.declare(null, { ...DECLARED, slug: 'super-admin' })).rejects.toMatchObject({
      code: 'rbac.slug_reserved',
    });
  });
});

describe(RoleAssignments.name, () => {
  it('grants and revokes, once each, and tells of it', async () => {
    const [role, holder] = [await make(null, CLERK), await user()];
    const grantor = { ...holding(['*:*']), userId: await user() };
    const granted = await Promise.allSettled(
      Array.from({ length: 20 }, () => assign(null, role.id, holder, grantor)),
    );
    expect(granted.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(assign(null, role.id, holder)).rejects.toMatchObject({ code: 'rbac.already_assigned' });
    expect((await assignments.list(null, { userId: holder })).data).toMatchObject([
      { roleId: role.id, userId: holder, organizationId: null, grantedBy: grantor.userId },
    ]);
    expect((await assignments.listByRole(null, role.id, {})).total).toBe(1);
    await revoke(null, role.id, holder);
    await expect(revoke(null, role.id, holder)).rejects.toMatchObject({ code: 'rbac.assignment_not_found' });
    await expect(revoke(null, role.id, 'nobody')).rejects.toMatchObject({
      code: 'rbac.assignment_not_found',
    });
    expect(told.slice(1)).toEqual([
      `RoleGranted clerk ${grantor.userId} ${holder} null`,
      `RoleRevoked clerk null ${holder} null`,
    ]);
  });

  it('gives nobody more than fifty in a scope, however many at once', async () => {
    const [holder, organizationId] = [await user(), randomUUID()];
    const made = await Promise.all(
      Array.from({ length: 55 }, (_, index) => make(null, { ...CLERK, slug: `clerk-${index}` })),
    );
    const granted = await Promise.allSettled(made.map(({ id }) => assign(null, id, holder)));
    const refused = granted.filter((result) => result.status === 'rejected');
    expect(refused).toHaveLength(5);
    expect(refused[0]?.reason).toMatchObject({ code: 'rbac.too_many_roles', status: 409 });
    await assign(organizationId, made[0]?.id ?? '', holder);
  });

  it('gives nothing to who is not there', async () => {
    const [role, gone] = [await make(null, CLERK), await user()];
    await auth.app.get(AccountRemovalService, { strict: false }).softDelete(gone, SYSTEM_CLIENT);
    for (const userId of [gone, randomUUID(), 'nobody'])
      await expect(assign(null, role.id, userId)).rejects.toMatchObject({ code: 'core.user_not_found' });
    for (const roleId of [randomUUID(), 'none'])
      await expect(assign(null, roleId, await user())).rejects.toMatchObject({ code: 'rbac.role_not_found' });
  });

  it('adds roles of a scope up, the platform’s too where they are assigned there', async () => {
    const [organizationId, holder] = [randomUUID(), await user()];
    const [platform, own] = [
      await make(null, CLERK),
      await make(organizationId, { slug: 'baker', name: 'Baker', permissions: ['bread:*'] }),
    ];
    await assign(organizationId, platform.id, holder);
    await assign(organizationId, own.id, holder);
    const held = await assignments.rolesOf(holder, organizationId);
    expect([held.slugs, held.permissions.toArray()]).toEqual([
      ['baker', 'clerk'],
      ['bread:*', 'invoices:read'],
    ]);
    expect((await assignments.rolesOf(holder, null)).slugs).toEqual([]);
  });
});

describe(RoleScopes.name, () => {
  it('ends a membership, and an organization, and nothing beside them', async () => {
    const scopes = auth.app.get(RoleScopes, { strict: false });
    const [one, other] = [randomUUID(), randomUUID()];
    const [ada, bob, platform] = [await user(), await user(), await make(null, CLERK)];
    const own = await make(one, { ...CLERK, slug: 'own' });
    for (const holder of [ada, bob]) {
      for (const scope of [null, one, other]) await assign(scope, platform.id, holder);
      await assign(one, own.id, holder);
    }
    const versions = async () =>
      Promise.all(
        [ada, bob].map(async (id) => {
          const account = await auth.app.get(UserRepository, { strict: false }).findById(id);
          return account?.claimsVersion ?? 0;
        }),
      );
    const slugs = async (id: string, scope: string | null) => (await assignments.rolesOf(id, scope)).slugs;
    const [a, b] = await versions();
    await scopes.removeMember(ada, one);
    expect(await versions()).toEqual([(a ?? 0) + 1, b]);
    expect([await slugs(ada, one), await slugs(bob, one)]).toEqual([[], ['clerk', 'own']]);
    await scopes.removeScope(one);
    expect(await versions()).toEqual([(a ?? 0) + 1, (b ?? 0) + 1]);
    expect(await slugs(bob, one)).toEqual([]);
    expect((await roles.list(one, {})).total).toBe(0);
    for (const holder of [ada, bob])
      expect([await slugs(holder, null), await slugs(holder, other)]).toEqual([['clerk'], ['clerk']]);
  });
});

describe(RoleUpdated.name, () => {
  it('knows what the role was before', async () => {
    const seen: RoleUpdated[] = [];
    auth.app
      .get(EventBus, { strict: false })
      .on(RoleUpdated, 'after_commit', (event) => void seen.push(event));
    const role = await make(null, CLERK);
    await roles.update(null, role.id, { permissions: [] }, SYSTEM_GRANTOR, SYSTEM_CLIENT);
    expect(seen).toMatchObject([{ previous: { permissions: ['invoices:read'] }, role: { permissions: [] } }]);
  });
});
