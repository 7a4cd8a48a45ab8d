import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { MemberRepository } from '../../modules/organization/member/member.repository.js';
import type { TeamRecord } from '../../modules/organization/team/team.js';
import {
  TEAM_LISTING,
  TEAM_MEMBER_LISTING,
  TeamRepository,
} from '../../modules/organization/team/team.repository.js';
import { DEFAULT_REALM_ID } from '../../shared/persistence/realm.js';
import { type ContractSetup, describeContract, later, NOW, simultaneously } from './contract-store.js';
import { createMember, createOrganization } from './organization-fixture.js';

function newTeam(organizationId: string, slug: string): Omit<TeamRecord, 'updatedAt'> {
  return { id: randomUUID(), realmId: DEFAULT_REALM_ID, organizationId, name: slug, slug, createdAt: NOW };
}

/** What every TeamRepository has to do. Run it on a store of your own; it needs the accounts, the organizations and the members too. */
export function describeTeamRepository(name: string, setup: ContractSetup): void {
  describeContract(`${name} is a TeamRepository`, setup, (ports) => {
    const teams = () => ports(TeamRepository);

    it('keeps slugs unique in an organization, and teams to their own', async () => {
      const [one, other] = [await createOrganization(ports), await createOrganization(ports)];
      const team = newTeam(one.id, 'a');
      const made = await simultaneously(10, () => teams().create({ ...team, id: randomUUID() }));
      expect(made.filter(Boolean)).toHaveLength(1);
      const foreign = newTeam(other.id, 'a');
      expect(await teams().create(foreign)).toBe(true);
      expect(await teams().find(other.id, foreign.id)).toEqual({ ...foreign, updatedAt: null });
      expect(await teams().find(one.id, foreign.id)).toBeNull();
      expect(await teams().delete(one.id, foreign.id)).toBe(false);
      expect(await teams().delete(other.id, foreign.id)).toBe(true);
    });

    it('changes name and slug', async () => {
      const { id } = await createOrganization(ports);
      const [a, b] = [newTeam(id, 'a'), newTeam(id, 'b')];
      await teams().create(a);
      await teams().create(b);
      expect(await teams().update(id, a.id, { name: 'X' }, later(1))).toEqual({
        ...a,
        name: 'X',
        updatedAt: later(1),
      });
      expect(await teams().update(id, a.id, { slug: 'b' }, later(2))).toBe('conflict');
      expect(await teams().update(id, randomUUID(), { name: 'X' }, NOW)).toBeNull();
      const { rows } = await teams().list(id, TEAM_LISTING.normalize({ sort_field: 'name' }));
      expect(rows.map(({ slug }) => slug)).toEqual(['b', 'a']);
    });

    it('takes members of the organization alone, for as long as they are', async () => {
      const { id: organizationId } = await createOrganization(ports);
      const { userId } = await createMember(ports, organizationId);
      const team = newTeam(organizationId, 'a');
      await teams().create(team);
      const add = (who: string) =>
        teams().addMember({ id: randomUUID(), teamId: team.id, organizationId, userId: who, createdAt: NOW });
      expect(await add(randomUUID())).toBe('not_a_member');
      expect((await simultaneously(5, () => add(userId))).sort()).toEqual([
        'added',
        ...Array.from({ length: 4 }, () => 'already'),
      ]);
      const count = async () => (await teams().listMembers(team.id, TEAM_MEMBER_LISTING.normalize())).total;
      expect(await count()).toBe(1);
      expect(await teams().removeMember(team.id, userId)).toBe(true);
      expect(await teams().removeMember(team.id, userId)).toBe(false);
      await add(userId);
      await ports(MemberRepository).remove(organizationId, userId);
      expect(await count()).toBe(0);
    });
  });
}
