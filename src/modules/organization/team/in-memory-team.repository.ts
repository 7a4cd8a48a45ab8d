import { Injectable } from '@nestjs/common';
import type { Listing } from '../../../shared/listing/listing.js';
import { paginate, type Slice } from '../../../shared/listing/paginate.js';
import { InMemoryDatabase } from '../../../shared/persistence/in-memory-database.js';
import { InMemoryOrganizationTables } from '../in-memory-organization.tables.js';
import type { TeamMemberRecord, TeamRecord } from './team.js';
import { TeamRepository, type TeamSortField } from './team.repository.js';

@Injectable()
export class InMemoryTeamRepository implements TeamRepository {
  private readonly tables: InMemoryOrganizationTables;

  constructor(private readonly database: InMemoryDatabase) {
    this.tables = InMemoryOrganizationTables.of(database);
  }

  create(team: Omit<TeamRecord, 'updatedAt'>): Promise<boolean> {
    return this.database.execute(() => {
      const record = { ...team, updatedAt: null };
      if (this.tables.teams.conflictOf(record) !== undefined) return false;
      this.tables.teams.insert(record);
      return true;
    });
  }

  find(organizationId: string, id: string): Promise<TeamRecord | null> {
    return this.database.execute(() => this.at(organizationId, id) ?? null);
  }

  list(organizationId: string, listing: Listing<TeamSortField>): Promise<Slice<TeamRecord>> {
    return this.database.execute(() =>
      paginate(
        this.tables.teams.filter((team) => team.organizationId === organizationId),
        listing,
        { created_at: (row) => row.createdAt, name: (row) => row.name },
      ),
    );
  }

  update(
    organizationId: string,
    id: string,
    { name, slug }: { readonly name?: string; readonly slug?: string },
    now: Date,
  ): Promise<TeamRecord | 'conflict' | null> {
    return this.database.execute(() => {
      const team = this.at(organizationId, id);
      if (!team) return null;
      const changed = { ...team, name: name ?? team.name, slug: slug ?? team.slug, updatedAt: now };
      if (this.tables.teams.conflictOf(changed) !== undefined) return 'conflict';
      return this.tables.teams.update(id, changed) ?? null;
    });
  }

  delete(organizationId: string, id: string): Promise<boolean> {
    return this.database.execute(() => {
      if (!this.at(organizationId, id)) return false;
      this.database.deleteReferencing('organization_teams', id);
      return this.tables.teams.delete(id);
    });
  }

  addMember(place: TeamMemberRecord): Promise<'added' | 'already' | 'not_a_member'> {
    return this.database.execute(() => {
      const { members, teamMembers } = this.tables;
      const belongs = members.find(
        (member) => member.organizationId === place.organizationId && member.userId === place.userId,
      );
      if (!belongs) return 'not_a_member';
      if (teamMembers.conflictOf(place) !== undefined) return 'already';
      teamMembers.insert(place);
      return 'added';
    });
  }

  removeMember(teamId: string, userId: string): Promise<boolean> {
    return this.database.execute(() => {
      const place = this.tables.teamMembers.find((row) => row.teamId === teamId && row.userId === userId);
      return place !== undefined && this.tables.teamMembers.delete(place.id);
    });
  }

  listMembers(teamId: string, listing: Listing<'created_at'>): Promise<Slice<TeamMemberRecord>> {
    return this.database.execute(() =>
      paginate(
        this.tables.teamMembers.filter((place) => place.teamId === teamId),
        listing,
        { created_at: (row) => row.createdAt },
      ),
    );
  }

  private at(organizationId: string, id: string): TeamRecord | undefined {
    const team = this.tables.teams.get(id);
    return team?.organizationId === organizationId ? team : undefined;
  }
}
