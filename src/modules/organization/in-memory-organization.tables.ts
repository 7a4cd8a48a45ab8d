import type { InMemoryDatabase } from '../../shared/persistence/in-memory-database.js';
import type { InMemoryTable } from '../../shared/persistence/in-memory-table.js';
import type { MemberRecord } from './member/member.js';
import type { OrganizationRecord } from './organization/organization.js';
import type { TeamMemberRecord, TeamRecord } from './team/team.js';

const TABLES = new WeakMap<InMemoryDatabase, InMemoryOrganizationTables>();

/** The module's rows in memory: its repositories read each other's, as joins and cascades do in SQL. */
export class InMemoryOrganizationTables {
  readonly organizations: InMemoryTable<OrganizationRecord>;
  readonly members: InMemoryTable<MemberRecord>;
  readonly teams: InMemoryTable<TeamRecord>;
  readonly teamMembers: InMemoryTable<TeamMemberRecord>;

  private constructor(database: InMemoryDatabase) {
    this.organizations = database.table<OrganizationRecord>('organizations', {
      unique: [{ name: 'organizations_slug', key: (row) => row.slug }],
    });
    this.members = database.table<MemberRecord>('organization_members', {
      unique: [
        {
          name: 'organization_members_user',
          key: ({ organizationId, userId }) => `${organizationId} ${userId}`,
        },
      ],
      references: [
        { table: 'organizations', field: 'organizationId' },
        { table: 'users', field: 'userId' },
      ],
    });
    this.teams = database.table<TeamRecord>('organization_teams', {
      unique: [
        { name: 'organization_teams_slug', key: ({ organizationId, slug }) => `${organizationId} ${slug}` },
      ],
      references: [{ table: 'organizations', field: 'organizationId' }],
    });
    this.teamMembers = database.table<TeamMemberRecord>('organization_team_members', {
      unique: [
        { name: 'organization_team_members_user', key: ({ teamId, userId }) => `${teamId} ${userId}` },
      ],
      references: [
        { table: 'organizations', field: 'organizationId' },
        { table: 'organization_teams', field: 'teamId' },
        { table: 'users', field: 'userId' },
      ],
    });
  }

  static of(database: InMemoryDatabase): InMemoryOrganizationTables {
    const known = TABLES.get(database);
    if (known) return known;
    const tables = new InMemoryOrganizationTables(database);
    TABLES.set(database, tables);
    return tables;
  }
}
