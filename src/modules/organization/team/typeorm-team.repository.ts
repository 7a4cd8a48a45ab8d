import { Injectable } from '@nestjs/common';
import type { Listing } from '../../../shared/listing/listing.js';
import type { Slice } from '../../../shared/listing/paginate.js';
import { type Columns, columnList, insertOf } from '../../../shared/persistence/columns.js';
import { isUniqueViolation } from '../../../shared/persistence/database-errors.js';
import { TypeOrmRepository } from '../../../shared/persistence/typeorm-repository.js';
import { AuthOrganizationTeamMember } from './auth-organization-team-member.entity.js';
import { AuthOrganizationTeam } from './auth-organization-team.entity.js';
import type { TeamMemberRecord, TeamRecord } from './team.js';
import { TeamRepository, type TeamSortField } from './team.repository.js';

const COLUMNS: Columns<TeamRecord> = {
  id: 'id',
  realmId: 'realm_id',
  organizationId: 'organization_id',
  name: 'name',
  slug: 'slug',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
};
const RECORD = columnList(COLUMNS);
const TEAMS = 'castellan.organization_teams';
const PLACES = 'castellan.organization_team_members';
const SORT_COLUMNS: Readonly<Record<TeamSortField, string>> = {
  created_at: 'team.createdAt',
  name: 'team.name',
};

/** Adds a member of the organization; the row of the membership is held, so that it cannot go meanwhile. */
const ADD_MEMBER = `
  WITH member AS (
    SELECT 1 FROM castellan.organization_members WHERE organization_id = $3 AND user_id = $4 FOR KEY SHARE
  ), added AS (
    INSERT INTO ${PLACES} (id, team_id, organization_id, user_id, created_at)
    SELECT $1, $2, $3, $4, $5 FROM member
    ON CONFLICT (team_id, user_id) DO NOTHING RETURNING 1
  )
  SELECT EXISTS (SELECT 1 FROM member) AS member, EXISTS (SELECT 1 FROM added) AS added`;

@Injectable()
export class TypeOrmTeamRepository extends TypeOrmRepository implements TeamRepository {
  async create(team: Omit<TeamRecord, 'updatedAt'>): Promise<boolean> {
    const { text, values } = insertOf(TEAMS, COLUMNS, { ...team, updatedAt: null });
    const made = await this.context.query(
      `${text} ON CONFLICT (organization_id, slug) DO NOTHING RETURNING id`,
      values,
    );
    return made.length > 0;
  }

  async find(organizationId: string, id: string): Promise<TeamRecord | null> {
    const [row] = await this.context.query<TeamRecord>(
      `SELECT ${RECORD} FROM ${TEAMS} WHERE organization_id = $1 AND id = $2`,
      [organizationId, id],
    );
    return row ?? null;
  }

  list(organizationId: string, listing: Listing<TeamSortField>): Promise<Slice<TeamRecord>> {
    const rows = this.repository(AuthOrganizationTeam)
      .createQueryBuilder('team')
      .where('team.organizationId = :organizationId', { organizationId });
    return this.listed(rows, listing, SORT_COLUMNS, 'team.id');
  }

  async update(
    organizationId: string,
    id: string,
    { name, slug }: { readonly name?: string; readonly slug?: string },
    now: Date,
  ): Promise<TeamRecord | 'conflict' | null> {
    try {
      return await this.context.savepoint(async () => {
        const [row] = await this.context.query<TeamRecord>(
          `UPDATE ${TEAMS} SET name = coalesce($3, name), slug = coalesce($4, slug), updated_at = $5
           WHERE organization_id = $1 AND id = $2 RETURNING ${RECORD}`,
          [organizationId, id, name ?? null, slug ?? null, now],
        );
        return row ?? null;
      });
    } catch (error) {
      if (isUniqueViolation(error)) return 'conflict';
      throw error;
    }
  }

  async delete(organizationId: string, id: string): Promise<boolean> {
    const text = `DELETE FROM ${TEAMS} WHERE organization_id = $1 AND id = $2 RETURNING id`;
    return (await this.context.query(text, [organizationId, id])).length > 0;
  }

  async addMember(place: TeamMemberRecord): Promise<'added' | 'already' | 'not_a_member'> {
    const { id, teamId, organizationId, userId, createdAt } = place;
    const [row] = await this.context.query<{ member: boolean; added: boolean }>(ADD_MEMBER, [
      id,
      teamId,
      organizationId,
      userId,
      createdAt,
    ]);
    if (!row?.member) return 'not_a_member';
    return row.added ? 'added' : 'already';
  }

  async removeMember(teamId: string, userId: string): Promise<boolean> {
    const text = `DELETE FROM ${PLACES} WHERE team_id = $1 AND user_id = $2 RETURNING id`;
    return (await this.context.query(text, [teamId, userId])).length > 0;
  }

  listMembers(teamId: string, listing: Listing<'created_at'>): Promise<Slice<TeamMemberRecord>> {
    const rows = this.repository(AuthOrganizationTeamMember)
      .createQueryBuilder('place')
      .where('place.teamId = :teamId', { teamId });
    return this.listed(rows, listing, { created_at: 'place.createdAt' }, 'place.id');
  }
}
