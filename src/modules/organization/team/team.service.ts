import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { IdGenerator } from '../../../shared/ids/id-generator.js';
import { isUuid } from '../../../shared/ids/is-uuid.js';
import type { ListingOpts } from '../../../shared/listing/listing.js';
import { type Page, toPage } from '../../../shared/listing/page.js';
import { keyFrom } from '../../../shared/listing/paginate.js';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { OrganizationAccess } from '../access/organization-access.js';
import type { OrganizationPermission } from '../access/role-permissions.js';
import { OrganizationAnnouncements } from '../organization-announcements.js';
import { OrganizationErrors } from '../organization.errors.js';
import { parseSlug, slugFrom } from '../slug/slug.js';
import type { TeamMemberRecord, TeamRecord } from './team.js';
import { TEAM_LISTING, TEAM_MEMBER_LISTING, TeamRepository, type TeamSortField } from './team.repository.js';

const KEY = keyFrom<TeamRecord, TeamSortField>({
  created_at: (row) => row.createdAt,
  name: (row) => row.name,
});
const MEMBER_KEY = keyFrom<TeamMemberRecord, 'created_at'>({ created_at: (row) => row.createdAt });

/** Teams of an organization. A team of another organization does not exist. */
@Injectable()
export class TeamService {
  constructor(
    private readonly teams: TeamRepository,
    private readonly access: OrganizationAccess,
    private readonly transactions: TransactionRunner,
    private readonly announcements: OrganizationAnnouncements,
    private readonly ids: IdGenerator,
  ) {}

  async list(userId: string, organizationId: string, options: ListingOpts): Promise<Page<TeamRecord>> {
    await this.access.require(userId, organizationId, 'team:read');
    const listing = TEAM_LISTING.normalize(options);
    const { rows, total } = await this.teams.list(organizationId, listing);
    return toPage(listing, rows, total, KEY);
  }

  /** @throws organization.not_found, organization.team_not_found */
  async get(userId: string, organizationId: string, teamId: string): Promise<TeamRecord> {
    return this.reach(userId, organizationId, teamId, 'team:read');
  }

  /** Without a slug one is made of the name. @throws organization.invalid_slug, organization.team_slug_taken */
  async create(
    userId: string,
    organizationId: string,
    { name, slug }: { readonly name: string; readonly slug?: string },
    client: ClientInfo,
  ): Promise<TeamRecord> {
    await this.access.require(userId, organizationId, 'team:create');
    const id = this.ids.next();
    const parsed = parseSlug(slug ?? slugFrom(name) ?? id);
    assertThat(parsed, OrganizationErrors.invalid_slug);
    const createdAt = this.announcements.now;
    const team = { id, realmId: DEFAULT_REALM_ID, organizationId, name, slug: parsed, createdAt };
    return this.transactions.run(async () => {
      assertThat(await this.teams.create(team), OrganizationErrors.team_slug_taken);
      await this.announcements.teamCreated(organizationId, id, { actorId: userId, client });
      return { ...team, updatedAt: null };
    });
  }

  /** @throws organization.team_not_found, organization.invalid_slug, organization.team_slug_taken */
  async update(
    userId: string,
    organizationId: string,
    teamId: string,
    changes: { readonly name?: string; readonly slug?: string },
    client: ClientInfo,
  ): Promise<TeamRecord> {
    await this.reach(userId, organizationId, teamId, 'team:update');
    const { slug } = changes;
    assertThat(slug === undefined || parseSlug(slug), OrganizationErrors.invalid_slug);
    return this.transactions.run(async () => {
      const updated = await this.teams.update(organizationId, teamId, changes, this.announcements.now);
      assertThat(updated, OrganizationErrors.team_not_found);
      assertThat(updated !== 'conflict', OrganizationErrors.team_slug_taken);
      await this.announcements.teamUpdated(organizationId, teamId, { actorId: userId, client });
      return updated;
    });
  }

  /** @throws organization.team_not_found */
  async delete(userId: string, organizationId: string, teamId: string, client: ClientInfo): Promise<void> {
    await this.reach(userId, organizationId, teamId, 'team:delete');
    await this.transactions.run(async () => {
      assertThat(await this.teams.delete(organizationId, teamId), OrganizationErrors.team_not_found);
      await this.announcements.teamDeleted(organizationId, teamId, { actorId: userId, client });
    });
  }

  async listMembers(
    userId: string,
    organizationId: string,
    teamId: string,
    options: ListingOpts,
  ): Promise<Page<TeamMemberRecord>> {
    await this.reach(userId, organizationId, teamId, 'team:read');
    const listing = TEAM_MEMBER_LISTING.normalize(options);
    const { rows, total } = await this.teams.listMembers(teamId, listing);
    return toPage(listing, rows, total, MEMBER_KEY);
  }

  /** Who is in the team already stays so. @throws organization.team_not_found, organization.member_not_found */
  async addMember(
    actorId: string,
    organizationId: string,
    teamId: string,
    userId: string,
    client: ClientInfo,
  ): Promise<void> {
    await this.reach(actorId, organizationId, teamId, 'team:update');
    const place = {
      id: this.ids.next(),
      teamId,
      organizationId,
      userId,
      createdAt: this.announcements.now,
    };
    await this.transactions.run(async () => {
      const outcome = await this.teams.addMember(place);
      assertThat(outcome !== 'not_a_member', OrganizationErrors.member_not_found);
      if (outcome === 'added')
        await this.announcements.teamUpdated(organizationId, teamId, { actorId, client });
    });
  }

  /** @throws organization.team_not_found, organization.member_not_found */
  async removeMember(
    actorId: string,
    organizationId: string,
    teamId: string,
    userId: string,
    client: ClientInfo,
  ): Promise<void> {
    await this.reach(actorId, organizationId, teamId, 'team:update');
    await this.transactions.run(async () => {
      const removed = isUuid(userId) && (await this.teams.removeMember(teamId, userId));
      assertThat(removed, OrganizationErrors.member_not_found);
      await this.announcements.teamUpdated(organizationId, teamId, { actorId, client });
    });
  }

  private async reach(
    userId: string,
    organizationId: string,
    teamId: string,
    permission: OrganizationPermission,
  ): Promise<TeamRecord> {
    await this.access.require(userId, organizationId, permission);
    const team = isUuid(teamId) ? await this.teams.find(organizationId, teamId) : null;
    assertThat(team, OrganizationErrors.team_not_found);
    return team;
  }
}
