import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { roleListing } from '../../modules/rbac/role/role.listing.js';
import { RoleRepository } from '../../modules/rbac/role/role.repository.js';
import type { ListingOpts } from '../../shared/listing/listing.js';
import { TransactionRunner } from '../../shared/persistence/transaction-runner.js';
import {
  type ContractSetup,
  describeContract,
  later,
  NOW,
  type Ports,
  simultaneously,
} from './contract-store.js';
import { createRole, newRole } from './role-fixture.js';

/** What every RoleRepository has to do. Run it on a store of your own; it needs the TransactionRunner too. */
export function describeRoleRepository(name: string, setup: ContractSetup): void {
  describeContract(`${name} is a RoleRepository`, setup, (ports) => {
    describeSlugs(ports);
    describeLists(ports);
    describeWrites(ports);
  });
}

function describeSlugs(ports: Ports): void {
  const roles = () => ports(RoleRepository);

  it('finds a role by its id, and by its slug in its scope', async () => {
    const organizationId = randomUUID();
    const platform = await createRole(ports, { slug: 'auditor' });
    const own = await createRole(ports, {
      slug: 'auditor',
      organizationId,
      reserved: true,
      description: 'Counts',
    });
    expect(await roles().findById(own.id)).toEqual(own);
    expect(await roles().findBySlug(null, 'auditor')).toEqual(platform);
    expect(await roles().findBySlug(organizationId, 'auditor')).toEqual(own);
    expect(await roles().findBySlug(randomUUID(), 'auditor')).toBeNull();
    expect(await roles().findById(randomUUID())).toBeNull();
  });

  it.each(['the platform', 'an organization'])('gives a slug of %s to one of 50', async (scope) => {
    const organizationId = scope === 'the platform' ? null : randomUUID();
    const role = () => newRole({ slug: 'auditor', organizationId });
    const written = await simultaneously(50, () => roles().create(role()));
    expect(written.filter(Boolean)).toHaveLength(1);
    const other = newRole({ organizationId });
    await ports(TransactionRunner).run(async () => {
      expect(await roles().create(role())).toBe(false);
      expect(await roles().create(other)).toBe(true);
    });
    expect(await roles().findById(other.id)).toEqual(other);
  });
}

function describeLists(ports: Ports): void {
  const roles = () => ports(RoleRepository);

  it('lists one scope, sorted and cut', async () => {
    const organizationId = randomUUID();
    for (const [index, slug] of ['b', 'c', 'a'].entries())
      await createRole(ports, { organizationId, slug, createdAt: later(index) });
    await createRole(ports, { slug: 'platform' });
    await createRole(ports, { organizationId: randomUUID() });
    const list = async (options: ListingOpts, scope: string | null = organizationId) => {
      const { rows, total } = await roles().list(scope, roleListing.normalize(options), {});
      return [total, rows.map(({ slug }) => slug).join(' ')];
    };
    expect(await list({})).toEqual([3, 'a c b']);
    expect(await list({ sort_field: 'slug', sort_dir: 'asc', limit: 2 })).toEqual([3, 'a b']);
    expect(await list({ sort_field: 'slug', sort_dir: 'asc', limit: 2, offset: 2 })).toEqual([3, 'c']);
    expect(await list({}, null)).toEqual([1, 'platform']);
  });

  it('searches slug and name for literal text', async () => {
    await createRole(ports, { slug: 'half-off', name: '50% Off' });
    await createRole(ports, { slug: 'auditor', name: 'AUDITOR' });
    const found = async (query: string) =>
      (await roles().list(null, roleListing.normalize(), { query })).rows.map(({ slug }) => slug).sort();
    expect(await found('OFF')).toEqual(['half-off']);
    expect(await found('audit')).toEqual(['auditor']);
    expect(await found('%')).toEqual(['half-off']);
    expect(await found('_')).toEqual([]);
    expect(await found('')).toEqual(['auditor', 'half-off']);
  });
}

function describeWrites(ports: Ports): void {
  const roles = () => ports(RoleRepository);

  it('changes what is given, and nothing else', async () => {
    const role = await createRole(ports, { description: 'Old' });
    const { updatedAt: _, ...unchanged } = role;
    const changed = await roles().update(role.id, { permissions: ['a:b'], name: undefined });
    expect(changed).toMatchObject({ ...unchanged, permissions: ['a:b'] });
    expect(changed?.updatedAt.getTime()).toBeGreaterThan(NOW.getTime());
    expect(await roles().update(role.id, { description: null, reserved: true, name: 'New' })).toMatchObject({
      description: null,
      reserved: true,
      name: 'New',
      permissions: ['a:b'],
    });
    expect(await roles().update(role.id, {})).toMatchObject({ name: 'New' });
    expect(await roles().update(randomUUID(), { name: 'New' })).toBeNull();
  });

  it('holds a role to the end of the transaction: what reads and writes under the lock loses nothing', async () => {
    const { id } = await createRole(ports, { permissions: [] });
    await simultaneously(10, (index) =>
      ports(TransactionRunner).run(async () => {
        const held = await roles().lock(id, 'exclusive');
        await roles().update(id, { permissions: [...(held?.permissions ?? []), `a:${index}`] });
      }),
    );
    expect((await roles().findById(id))?.permissions).toHaveLength(10);
    const shared = await ports(TransactionRunner).run(() => roles().lock(id, 'shared'));
    expect(shared?.permissions).toHaveLength(10);
    expect(await ports(TransactionRunner).run(() => roles().lock(randomUUID(), 'exclusive'))).toBeNull();
  });

  it('deletes one, or all of an organization', async () => {
    const organizationId = randomUUID();
    const [one, platform] = [await createRole(ports), await createRole(ports)];
    for (let count = 0; count < 3; count += 1) await createRole(ports, { organizationId });
    expect([await roles().delete(one.id), await roles().delete(one.id)]).toEqual([true, false]);
    const deleted = await ports(TransactionRunner).run(async () => {
      await roles().lockOrganization(organizationId);
      return roles().deleteByOrganization(organizationId);
    });
    expect([deleted, await roles().deleteByOrganization(organizationId)]).toEqual([3, 0]);
    expect(await roles().findById(platform.id)).toEqual(platform);
  });
}
