import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { MemberRepository } from '../../modules/organization/member/member.repository.js';
import {
  ORGANIZATION_LISTING,
  OrganizationRepository,
} from '../../modules/organization/organization/organization.repository.js';
import { TeamRepository } from '../../modules/organization/team/team.repository.js';
import { DEFAULT_REALM_ID } from '../../shared/persistence/realm.js';
import { TransactionRunner } from '../../shared/persistence/transaction-runner.js';
import { type ContractSetup, describeContract, later, NOW, simultaneously } from './contract-store.js';
import { createMember, createOrganization, newOrganization } from './organization-fixture.js';

/** What every OrganizationRepository has to do. Run it on a store of your own; it needs the accounts, the members, the teams and the TransactionRunner too. */
export function describeOrganizationRepository(name: string, setup: ContractSetup): void {
  describeContract(`${name} is an OrganizationRepository`, setup, (ports) => {
    const organizations = () => ports(OrganizationRepository);

    it('keeps what it is given', async () => {
      const made = await createOrganization(ports, {
        logoUrl: 'https://example.com/x.png',
        memberLimit: 3,
        personal: true,
      });
      const record = { ...made, updatedAt: null };
      expect(await organizations().findById(made.id)).toEqual(record);
      expect(await ports(TransactionRunner).run(() => organizations().lock(made.id))).toEqual(record);
      expect(await organizations().findById(randomUUID())).toBeNull();
      expect(await organizations().findByIds([randomUUID(), made.id])).toEqual([record]);
      expect(await organizations().findByIds([])).toEqual([]);
      expect(await ports(TransactionRunner).run(() => organizations().lock(randomUUID()))).toBeNull();
    });

    it('gives a slug to one of 50, and leaves the transaction usable', async () => {
      const made = await simultaneously(50, () =>
        organizations().create(newOrganization({ slug: 'engines' })),
      );
      expect(made.filter(Boolean)).toHaveLength(1);
      const other = newOrganization();
      await ports(TransactionRunner).run(async () => {
        expect(await organizations().create(newOrganization({ slug: 'engines' }))).toBe(false);
        expect(await organizations().create(other)).toBe(true);
      });
      expect(await organizations().findById(other.id)).not.toBeNull();
    });

    it('changes what is given and nothing else', async () => {
      const { id, ...made } = await createOrganization(ports);
      const changed = await organizations().update(
        id,
        { name: 'X', slug: undefined, metadata: {}, logoUrl: null },
        later(1),
      );
      expect(changed).toEqual({ ...made, id, name: 'X', metadata: {}, updatedAt: later(1) });
      expect(await organizations().update(id, {}, later(2))).toMatchObject({
        name: 'X',
        updatedAt: later(2),
      });
      expect(await organizations().update(randomUUID(), { name: 'X' }, NOW)).toBeNull();
    });

    it('lists by owner, member and text, which means itself', async () => {
      const mine = await createOrganization(ports, { name: 'Half 50%', slug: 'half', createdAt: later(1) });
      const other = await createOrganization(ports, { name: 'Halfway', slug: 'way', createdAt: later(2) });
      const { userId } = await createMember(ports, mine.id);
      const found = async (
        filter: Parameters<OrganizationRepository['list']>[1],
        sort = {},
      ): Promise<[string[], number]> => {
        const { rows, total } = await organizations().list(ORGANIZATION_LISTING.normalize(sort), filter);
        return [rows.map(({ slug }) => slug), total];
      };
      expect(await found({})).toEqual([['way', 'half'], 2]);
      expect(await found({}, { limit: 1, offset: 1 })).toEqual([['half'], 2]);
      expect(await found({}, { sort_field: 'name', sort_dir: 'asc' })).toEqual([['half', 'way'], 2]);
      expect(await found({ memberId: userId })).toEqual([['half'], 1]);
      expect(await found({ ownerId: other.ownerId })).toEqual([['way'], 1]);
      expect(await found({ query: '50%' })).toEqual([['half'], 1]);
      expect(await found({ query: 'HALF_' })).toEqual([[], 0]);
      expect(await found({ query: 'WAY' })).toEqual([['way'], 1]);
    });

    it('goes with its members and teams', async () => {
      const { id: organizationId } = await createOrganization(ports);
      const { userId } = await createMember(ports, organizationId);
      const team = {
        id: randomUUID(),
        realmId: DEFAULT_REALM_ID,
        organizationId,
        name: 'Team',
        slug: 'team',
        createdAt: NOW,
      };
      await ports(TeamRepository).create(team);
      expect(await organizations().delete(organizationId)).toBe(true);
      expect(await organizations().delete(organizationId)).toBe(false);
      expect(await ports(MemberRepository).organizationsOf(userId)).toEqual([]);
      expect(await ports(TeamRepository).find(organizationId, team.id)).toBeNull();
    });
  });
}
