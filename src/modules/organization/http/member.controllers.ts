import { Delete, Get, HttpCode, Param, Patch, Post, UseGuards } from '@nestjs/common';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
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
import { MembershipListing } from '../member/membership-listing.service.js';
import { MembershipService } from '../member/membership.service.js';
import { OrganizationErrors } from '../organization.errors.js';
import { MemberResponse, MembersQuery } from './member.dto.js';
import { MemberRoleBody, TransferOwnershipBody } from './organization.dto.js';

const {
  not_found,
  other_organization,
  member_not_found,
  forbidden,
  role_too_high,
  last_owner,
  personal_locked,
} = OrganizationErrors;
const REACHED = [not_found, other_organization] as const;
const CHANGED = [member_not_found, forbidden, role_too_high, last_owner, personal_locked] as const;
const ORGANIZATION = { name: 'organization_id', format: 'uuid' } as const;
const organization = operationsOf(ORGANIZATION);
const member = operationsOf(ORGANIZATION, { name: 'user_id', format: 'uuid' });

// Above the others: guards run from the lowest decorator up.
@UseGuards(OwnOrganizationGuard)
@AuthController('organizations/:organization_id/members', 'Organizations')
@Authenticated()
export class OrganizationMembersController {
  constructor(
    private readonly memberships: MembershipService,
    private readonly listing: MembershipListing,
  ) {}

  @Get()
  @organization.page(MemberResponse, {
    operationId: 'organization_listMembers',
    summary: 'List the members',
    description: 'Sortable by `joined_at` and `role`.',
  })
  @ApiProblems(...REACHED)
  async list(
    @Param('organization_id') id: string,
    @QueryInput() { role, ...options }: MembersQuery,
    @CurrentUser() principal: Principal,
  ): Promise<Page<MemberResponse>> {
    const page = await this.listing.list(principal.userId, id, options, { role });
    return mapPage(page, ({ member, user }) => MemberResponse.from(member, user));
  }

  @Get(':user_id')
  @member.ok(MemberResponse, { operationId: 'organization_getMember', summary: 'Get a member' })
  @ApiProblems(...REACHED, member_not_found)
  async get(
    @Param('organization_id') id: string,
    @Param('user_id') userId: string,
    @CurrentUser() principal: Principal,
  ): Promise<MemberResponse> {
    const { member, user } = await this.listing.get(principal.userId, id, userId);
    return MemberResponse.from(member, user);
  }

  @Patch(':user_id')
  @member.ok(MemberResponse, {
    operationId: 'organization_updateMember',
    summary: 'Change a member’s role',
    description: 'To one’s own role at most, and of members who are not above oneself.',
  })
  @ApiProblems(...REACHED, ...CHANGED, GeneralErrors.csrf, GeneralErrors.unsupported_media_type)
  async update(
    @Param('organization_id') id: string,
    @Param('user_id') userId: string,
    @BodyInput() { role }: MemberRoleBody,
    @CurrentUser() principal: Principal,
    @Client() client: ClientInfo,
  ): Promise<MemberResponse> {
    return MemberResponse.from(await this.memberships.changeRole(principal.userId, id, userId, role, client));
  }

  @Delete(':user_id')
  @member.noContent({ operationId: 'organization_removeMember', summary: 'Remove a member' })
  @ApiProblems(...REACHED, ...CHANGED, GeneralErrors.csrf)
  async remove(
    @Param('organization_id') id: string,
    @Param('user_id') userId: string,
    @CurrentUser() principal: Principal,
    @Client() client: ClientInfo,
  ): Promise<void> {
    await this.memberships.remove(principal.userId, id, userId, client);
  }
}

// Above the others: guards run from the lowest decorator up.
@UseGuards(OwnOrganizationGuard)
@AuthController('organizations/:organization_id', 'Organizations')
@Authenticated()
export class OrganizationMembershipController {
  constructor(private readonly memberships: MembershipService) {}

  @Post('leave')
  @organization.noContent({ operationId: 'organization_leaveOrganization', summary: 'Leave an organization' })
  @ApiProblems(...REACHED, last_owner, personal_locked, GeneralErrors.csrf)
  async leave(
    @Param('organization_id') id: string,
    @CurrentUser() principal: Principal,
    @Client() client: ClientInfo,
  ): Promise<void> {
    await this.memberships.leave(principal.userId, id, client);
  }

  @Post('transfer')
  @HttpCode(200)
  @Authenticated({ recentAuthMs: 15 * 60_000 })
  @organization.ok(MemberResponse, {
    operationId: 'organization_transferOwnership',
    summary: 'Hand an organization over',
    description: 'Another member becomes its owner, and whoever hands over an admin.',
  })
  @ApiProblems(...REACHED, member_not_found, forbidden, personal_locked)
  @ApiProblems(GeneralErrors.csrf, GeneralErrors.unsupported_media_type)
  async transfer(
    @Param('organization_id') id: string,
    @BodyInput() { user_id }: TransferOwnershipBody,
    @CurrentUser() principal: Principal,
    @Client() client: ClientInfo,
  ): Promise<MemberResponse> {
    return MemberResponse.from(
      await this.memberships.transferOwnership(principal.userId, id, user_id, client),
    );
  }
}
