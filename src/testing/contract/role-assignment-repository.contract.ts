import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { UserRepository } from '../../modules/core/user/user.repository.js';
import { roleAssignmentListing } from '../../modules/rbac/assignment/role-assignment.listing.js';
import {
  type RoleAssignmentFilter,
  RoleAssignmentRepository,
} from '../../modules/rbac/assignment/role-assignment.repository.js';
import { RoleRepository } from '../../modules/rbac/role/role.repository.js';
import { TransactionRunner } from '../../shared/persistence/transaction-runner.js';
import {
  type ContractSetup,
  createUser,
  describeContract,
  later,
  type Ports,
  simultaneously,
} from './contract-store.js';
import { assign, createRole, newAssignment } from './role-fixture.js';

/** What every RoleAssignmentRepository has to do. Run it on a store of your own; it needs accounts, roles and the TransactionRunner too. */
export function describeRoleAssignmentRepository(name: string, setup: ContractSetup): void {
  describeContract(`${name} is a RoleAssignmentRepository`, setup, (ports) => {
    describeGrants(ports);
    describeScopes(ports);
    describeCascades(ports);
  });
}

function describeGrants(ports: Ports): void {
  const assignments = () => ports(RoleAssignmentRepository);

  it('gives a role once in each scope, and takes it once, of 20 that try', async () => {
    const [user, role] = [await createUser(ports), await createRole(ports)];
    for (const organizationId of [null, randomUUID()]) {
      const added = await simultaneously(20, () =>
        assignments().add(newAssignment(user.id, role.id, { organizationId })),
      );
      expect(added.filter(Boolean)).toHaveLength(1);
    }
    const removed = await simultaneously(20, () => assignments().remove(role.id, user.id, null));
    expect(removed.filter(Boolean)).toHaveLength(1);
    expect(await assignments().holdersOf(role.id)).toEqual([user.id]);
    expect(await assignments().holdersOf(role.id, null)).toEqual([]);
    await assignments().add(newAssignment(user.id, role.id));
    expect(await assignments().holdersOf(role.id, null)).toEqual([user.id]);
    expect(await assignments().holders(role.id, null).ids()).toEqual([user.id]);
    expect(await assignments().holdersOf(role.id, randomUUID())).toEqual([]);
  });

  it('leaves the transaction usable where the user has the role', async () => {
    const [user, role, other] = [await createUser(ports), await createRole(ports), await createRole(ports)];
    await assign(ports, user.id, role.id);
    await ports(TransactionRunner).run(async () => {
      expect(await assignments().add(newAssignment(user.id, role.id))).toBe(false);
      expect(await assignments().add(newAssignment(user.id, other.id))).toBe(true);
    });
    expect(await assignments().rolesOf(user.id, null)).toHaveLength(2);
  });

  it('lists who has a role, and what somebody has, latest first', async () => {
    const [ada, bob] = [await createUser(ports), await createUser(ports)];
    const [role, other] = [await createRole(ports), await createRole(ports)];
    const first = await assign(ports, ada.id, role.id, { grantedBy: bob.id });
    const second = await assign(ports, bob.id, role.id, { createdAt: later(1) });
    const third = await assign(ports, ada.id, other.id, { createdAt: later(2) });
    await assign(ports, ada.id, role.id, { organizationId: randomUUID() });
    const list = (filter: RoleAssignmentFilter, limit = 20) =>
      assignments().list(null, roleAssignmentListing.normalize({ limit }), filter);
    expect(await list({ roleId: role.id })).toEqual({ rows: [second, first], total: 2 });
    expect(await list({ userId: ada.id })).toEqual({ rows: [third, first], total: 2 });
    expect(await list({ userId: ada.id, roleId: role.id })).toEqual({ rows: [first], total: 1 });
    expect(await list({}, 1)).toEqual({ rows: [third], total: 3 });
  });
}

function describeScopes(ports: Ports): void {
  const assignments = () => ports(RoleAssignmentRepository);

  it('keeps platform and organizations apart', async () => {
    const [organizationId, elsewhere] = [randomUUID(), randomUUID()];
    const user = await createUser(ports);
    const [platform, own] = [
      await createRole(ports, { slug: 'b' }),
      await createRole(ports, { slug: 'a', organizationId }),
    ];
    await assign(ports, user.id, platform.id);
    await assign(ports, user.id, platform.id, { organizationId });
    await assign(ports, user.id, own.id, { organizationId });
    expect(await assignments().rolesOf(user.id, null)).toEqual([platform]);
    expect(await assignments().rolesOf(user.id, organizationId)).toEqual([own, platform]);
    expect(await assignments().rolesOf(user.id, elsewhere)).toEqual([]);
    expect(await assignments().slugsByOrganization(user.id)).toEqual(
      new Map([[organizationId, [own.slug, platform.slug]]]),
    );
    expect(await assignments().remove(platform.id, user.id, elsewhere)).toBe(false);
    expect(await assignments().remove(platform.id, user.id, organizationId)).toBe(true);
    expect(await assignments().rolesOf(user.id, null)).toEqual([platform]);
  });

  it('empties an organization of one member, or of all', async () => {
    const [organizationId, elsewhere] = [randomUUID(), randomUUID()];
    const [ada, bob, role] = [await createUser(ports), await createUser(ports), await createRole(ports)];
    const own = await createRole(ports, { organizationId });
    for (const { id } of [ada, bob]) {
      await assign(ports, id, role.id);
      await assign(ports, id, role.id, { organizationId });
      await assign(ports, id, role.id, { organizationId: elsewhere });
    }
    await assign(ports, ada.id, own.id, { organizationId });
    expect((await assignments().holdersIn(organizationId)).sort()).toEqual([ada.id, bob.id].sort());
    expect(await assignments().removeMember(ada.id, organizationId)).toBe(2);
    expect(await assignments().holdersIn(organizationId)).toEqual([bob.id]);
    expect(await assignments().removeByOrganization(organizationId)).toBe(1);
    expect(await assignments().holdersIn(organizationId)).toEqual([]);
    expect(await assignments().holdersIn(elsewhere)).toHaveLength(2);
    expect(await assignments().rolesOf(ada.id, null)).toHaveLength(1);
  });
}

function describeCascades(ports: Ports): void {
  const assignments = () => ports(RoleAssignmentRepository);

  it('goes with the role and with the account', async () => {
    const organizationId = randomUUID();
    const [ada, bob] = [await createUser(ports), await createUser(ports)];
    const roles = [
      await createRole(ports),
      await createRole(ports),
      await createRole(ports, { organizationId }),
    ];
    for (const user of [ada, bob])
      for (const role of roles)
        await assign(ports, user.id, role.id, { organizationId: role.organizationId });
    const [first, second, third] = roles.map(({ id }) => id);
    await ports(RoleRepository).delete(first ?? '');
    expect(await assignments().holdersOf(first ?? '')).toEqual([]);
    await ports(UserRepository).delete(ada.id);
    expect(await assignments().holdersOf(second ?? '')).toEqual([bob.id]);
    await ports(RoleRepository).deleteByOrganization(organizationId);
    expect(await assignments().holdersOf(third ?? '')).toEqual([]);
    expect(await assignments().rolesOf(bob.id, null)).toHaveLength(1);
  });
}
