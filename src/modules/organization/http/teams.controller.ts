import { Delete, Get, Param, Patch, Post, UseGuards } from '@nestjs/common';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { ListingQuery } from '../../../shared/listing/listing-query.js';
import { mapPage, type Page } from '../../../shared/listing/page.js';
import {
  ApiProblems,
  AuthController,
  Authenticated,
  BodyInput,
  Client,
  CurrentUser,
  operationsOf,
  type Principal,
  QueryInput,
} from '../../core/index.js';
import { OwnOrganizationGuard } from '../access/own-organization.guard.js';
import { OrganizationErrors } from '../organization.errors.js';
import { TeamService } from '../team/team.service.js';
import {
  CreateTeamBody,
  TeamMemberBody,
  TeamMemberResponse,
  TeamResponse,
  UpdateTeamBody,
} from './member.dto.js';

const {
  not_found,
  other_organization,
  forbidden,
  team_not_found,
  team_slug_taken,
  invalid_slug,
  member_not_found,
} = OrganizationErrors;
const REACHED = [not_found, other_organization, forbidden] as const;
const WRITTEN = [GeneralErrors.csrf, GeneralErrors.unsupported_media_type] as const;
const ORGANIZATION = { name: 'organization_id', format: 'uuid' } as const;
const TEAM = { name: 'team_id', format: 'uuid' } as const;
const teams = operationsOf(ORGANIZATION);
const team = operationsOf(ORGANIZATION, TEAM);
const place = operationsOf(ORGANIZATION, TEAM, { name: 'user_id', format: 'uuid' });

// Above the others: guards run from the lowest decorator up.
@UseGuards(OwnOrganizationGuard)
@AuthController('organizations/:organization_id/teams', 'Organizations')
@Authenticated()
export class OrganizationTeamsController {
  constructor(private readonly teams: TeamService) {}

  @Post()
  @teams.created(TeamResponse, { operationId: 'organization_createTeam', summary: 'Make a team' })
  @ApiProblems(...REACHED, team_slug_taken, invalid_slug, ...WRITTEN)
  async create(
    @Param('organization_id') id: string,
    @BodyInput() body: CreateTeamBody,
    @CurrentUser() principal: Principal,
    @Client() client: ClientInfo,
  ): Promise<TeamResponse> {
    return TeamResponse.from(await this.teams.create(principal.userId, id, body, client));
  }

  @Get()
  @teams.page(TeamResponse, {
    operationId: 'organization_listTeams',
    summary: 'List the teams',
    description: 'Sortable by `created_at` and `name`.',
  })
  @ApiProblems(...REACHED)
  async list(
    @Param('organization_id') id: string,
    @QueryInput() options: ListingQuery,
    @CurrentUser() principal: Principal,
  ): Promise<Page<TeamResponse>> {
    return mapPage(await this.teams.list(principal.userId, id, options), (team) => TeamResponse.from(team));
  }

  @Get(':team_id')
  @team.ok(TeamResponse, { operationId: 'organization_getTeam', summary: 'Get a team' })
  @ApiProblems(...REACHED, team_not_found)
  async get(
    @Param('organization_id') id: string,
    @Param('team_id') teamId: string,
    @CurrentUser() principal: Principal,
  ): Promise<TeamResponse> {
    return TeamResponse.from(await this.teams.get(principal.userId, id, teamId));
  }

  @Patch(':team_id')
  @team.ok(TeamResponse, { operationId: 'organization_updateTeam', summary: 'Change a team' })
  @ApiProblems(...REACHED, team_not_found, team_slug_taken, invalid_slug, ...WRITTEN)
  async update(
    @Param('organization_id') id: string,
    @Param('team_id') teamId: string,
    @BodyInput() body: UpdateTeamBody,
    @CurrentUser() principal: Principal,
    @Client() client: ClientInfo,
  ): Promise<TeamResponse> {
    return TeamResponse.from(await this.teams.update(principal.userId, id, teamId, body, client));
  }

  @Delete(':team_id')
  @team.noContent({ operationId: 'organization_deleteTeam', summary: 'Delete a team' })
  @ApiProblems(...REACHED, team_not_found, GeneralErrors.csrf)
  async delete(
    @Param('organization_id') id: string,
    @Param('team_id') teamId: string,
    @CurrentUser() principal: Principal,
    @Client() client: ClientInfo,
  ): Promise<void> {
    await this.teams.delete(principal.userId, id, teamId, client);
  }

  @Get(':team_id/members')
  @team.page(TeamMemberResponse, {
    operationId: 'organization_listTeamMembers',
    summary: 'List who is in a team',
    description: 'Sortable by `created_at`.',
  })
  @ApiProblems(...REACHED, team_not_found)
  async listMembers(
    @Param('organization_id') id: string,
    @Param('team_id') teamId: string,
    @QueryInput() options: ListingQuery,
    @CurrentUser() principal: Principal,
  ): Promise<Page<TeamMemberResponse>> {
    const page = await this.teams.listMembers(principal.userId, id, teamId, options);
    return mapPage(page, (place) => TeamMemberResponse.from(place));
  }

  @Post(':team_id/members')
  @team.noContent({ operationId: 'organization_addTeamMember', summary: 'Add a member to a team' })
  @ApiProblems(...REACHED, team_not_found, member_not_found, ...WRITTEN)
  async addMember(
    @Param('organization_id') id: string,
    @Param('team_id') teamId: string,
    @BodyInput() { user_id }: TeamMemberBody,
    @CurrentUser() principal: Principal,
    @Client() client: ClientInfo,
  ): Promise<void> {
    await this.teams.addMember(principal.userId, id, teamId, user_id, client);
  }

  @Delete(':team_id/members/:user_id')
  @place.noContent({ operationId: 'organization_removeTeamMember', summary: 'Take a member out of a team' })
  @ApiProblems(...REACHED, team_not_found, member_not_found, GeneralErrors.csrf)
  async removeMember(
    @Param('organization_id') id: string,
    @Param('team_id') teamId: string,
    @Param('user_id') userId: string,
    @CurrentUser() principal: Principal,
    @Client() client: ClientInfo,
  ): Promise<void> {
    await this.teams.removeMember(principal.userId, id, teamId, userId, client);
  }
}
