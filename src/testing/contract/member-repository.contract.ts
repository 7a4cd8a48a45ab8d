import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { UserRepository } from '../../modules/core/user/user.repository.js';
import { MEMBER_LISTING, MemberRepository } from '../../modules/organization/member/member.repository.js';
import { OrganizationRepository } from '../../modules/organization/organization/organization.repository.js';
import { TransactionRunner } from '../../shared/persistence/transaction-runner.js';
import {
  type ContractSetup,
  createUser,
  describeContract,
  later,
  NOW,
  simultaneously,
} from './contract-store.js';
import { createMember, createOrganization } from './organization-fixture.js';

/** What every MemberRepository has to do. Run it on a store of your own; it needs the accounts, the organizations and the TransactionRunner too. */
export function describeMemberRepository(name: string, setup: ContractSetup): void {
  describeContract(`${name} is a MemberRepository`, setup, (ports) => {
    const members = () => ports(MemberRepository);

    it('makes somebody a member once, of 50 at once', async () => {
      const organization = await createOrganization(ports);
      const member = await createMember(ports, organization.id, 'admin');
      const again = await simultaneously(50, () => members().add({ ...member, id: randomUUID() }));
      expect(new Set(again)).toEqual(new Set(['already']));
      expect(await members().find(organization.id, member.userId)).toEqual(member);
      expect(await members().find(organization.id, randomUUID())).toBeNull();
      expect(await members().count(organization.id)).toBe(1);
    });

    it('lists by role, in the order of joining or of roles', async () => {
      const { id } = await createOrganization(ports);
      const owner = await createMember(ports, id, 'owner', later(1));
      const admin = await createMember(ports, id, 'admin', later(2));
      const list = async (options: object, filter = {}): Promise<string[]> =>
        (await members().list(id, MEMBER_LISTING.normalize(options), filter)).rows.map(
          ({ userId }) => userId,
        );
      expect(await list({})).toEqual([admin.userId, owner.userId]);
      expect(await list({ sort_field: 'role', sort_dir: 'asc' })).toEqual([admin.userId, owner.userId]);
      expect(await list({ sort_dir: 'asc', limit: 1 })).toEqual([owner.userId]);
      expect(await list({}, { role: 'owner' })).toEqual([owner.userId]);
    });

    it('knows the memberships of an account in organizations that are on', async () => {
      const [first, second, off] = [
        await createOrganization(ports, { name: 'First' }),
        await createOrganization(ports, { personal: true }),
        await createOrganization(ports, { active: false }),
      ];
      const member = await createMember(ports, first.id, 'admin', later(5));
      for (const { id } of [second, off])
        await members().add({ ...member, id: randomUUID(), organizationId: id, joinedAt: NOW });
      const { userId } = member;
      expect(await members().membershipsOf(userId)).toMatchObject([
        { organizationId: second.id, personal: true },
        { organizationId: first.id, slug: first.slug, name: 'First', role: 'admin', joinedAt: later(5) },
      ]);
      expect(await members().membershipsOf(userId, first.id)).toHaveLength(1);
      expect(await members().membershipsOf(userId, off.id)).toEqual([]);
      expect(await members().membershipsOf(randomUUID())).toEqual([]);
      expect(await members().organizationsOf(userId)).toEqual([first.id, second.id, off.id].sort());
    });

    it('changes roles, counts them, and knows the eldest other owner', async () => {
      const { id } = await createOrganization(ports);
      const [one, two, three] = [
        await createMember(ports, id, 'owner', later(3)),
        await createMember(ports, id, 'owner', later(2)),
        await createMember(ports, id, 'member', later(1)),
      ];
      expect(await members().eldestOwner(id, two.userId)).toBe(one.userId);
      expect(await members().eldestOwner(id, randomUUID())).toBe(two.userId);
      expect(await members().setRole(id, three.userId, 'owner', later(9))).toEqual({
        ...three,
        role: 'owner',
        updatedAt: later(9),
      });
      expect(await members().setRole(id, randomUUID(), 'owner', NOW)).toBeNull();
      expect(await members().count(id, 'owner')).toBe(3);
      expect(await members().remove(id, three.userId)).toMatchObject({ userId: three.userId });
      expect(await members().remove(id, three.userId)).toBeNull();
      expect([await members().count(id), await members().count(id, 'member')]).toEqual([2, 0]);
    });

    it('keeps one of two owners who remove each other, under the organization’s lock', async () => {
      const { id } = await createOrganization(ports);
      const [one, two] = [await createMember(ports, id, 'owner'), await createMember(ports, id, 'owner')];
      await simultaneously(2, (index) =>
        ports(TransactionRunner).run(async () => {
          const { userId } = index === 0 ? one : two;
          await ports(OrganizationRepository).lock(id);
          if ((await members().eldestOwner(id, userId)) !== null) await members().remove(id, userId);
        }),
      );
      expect(await members().count(id, 'owner')).toBe(1);
    });

    it('takes nobody in whose account has ended, or ends before the commit', async () => {
      const { id } = await createOrganization(ports);
      const { userId, ...member } = await createMember(ports, id);
      const add = (user: string) => members().add({ ...member, id: randomUUID(), userId: user });
      const ended = await createUser(ports);
      await ports(UserRepository).softDelete(ended.id, NOW);
      expect([await add(ended.id), await add(randomUUID()), await add(userId)]).toEqual([
        'no_user',
        'no_user',
        'already',
      ]);
      const user = await createUser(ports);
      const order: string[] = [];
      let reached = (): void => undefined;
      const held = new Promise<void>((resolve) => (reached = resolve));
      await Promise.all([
        ports(TransactionRunner).run(async () => {
          order.push(await add(user.id));
          reached();
          // Without the lock the deletion would be through by now.
          await new Promise((resolve) => setTimeout(resolve, 100));
          order.push('committing');
        }),
        held.then(() => ports(UserRepository).softDelete(user.id, NOW)).then(() => order.push('deleted')),
      ]);
      expect(order).toEqual(['added', 'committing', 'deleted']);
    });

    it('loses who loses the account', async () => {
      const { id } = await createOrganization(ports);
      const { userId } = await createMember(ports, id);
      await ports(UserRepository).delete(userId);
      expect(await members().count(id)).toBe(0);
    });
  });
}
