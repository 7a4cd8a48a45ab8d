import { Delete, Get, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
} from '@nestjs/swagger';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { ApiPage } from '../../../shared/listing/api-page.js';
import { mapPage, type Page } from '../../../shared/listing/page.js';
import {
  ApiProblems,
  AuthController,
  Authenticated,
  BodyInput,
  Client,
  CoreErrors,
  CurrentUser,
  type Principal,
  QueryInput,
} from '../../core/index.js';
import { OrganizationErrors, OwnOrganizationGuard } from '../../organization/index.js';
import { InvitationErrors } from '../invitation.errors.js';
import { OrganizationInvitations } from '../issue/organization-invitations.js';
import { InvitationResponse, OrganizationInvitationsQuery } from './invitation.dto.js';
import { CreateOrganizationInvitationBody } from './organization-invitation.dto.js';

const { not_found, other_organization, forbidden, role_too_high, already_a_member } = OrganizationErrors;
const REACHED = [not_found, other_organization, forbidden] as const;
const ORGANIZATION = { name: 'organization_id', format: 'uuid' } as const;
const ID = { name: 'id', format: 'uuid' } as const;

/** Invitations into an organization, for those of its members who may invite. */
// Above the others: guards run from the lowest decorator up.
@UseGuards(OwnOrganizationGuard)
@AuthController('organizations/:organization_id/invitations', 'Invitations')
@Authenticated()
export class OrganizationInvitationsController {
  constructor(private readonly invitations: OrganizationInvitations) {}

  @Post()
  @ApiOperation({
    operationId: 'invitation_createOrganizationInvitation',
    summary: 'Invite somebody into an organization',
    description:
      'To one’s own role at most. An address or an account has one pending invitation into an organization.',
  })
  @ApiParam(ORGANIZATION)
  @ApiCreatedResponse({ type: InvitationResponse })
  @ApiProblems(...REACHED, role_too_high, already_a_member)
  @ApiProblems(InvitationErrors.invitee_required, InvitationErrors.already_invited)
  @ApiProblems(CoreErrors.invalid_email, CoreErrors.user_not_found, CoreErrors.sender_unavailable)
  @ApiProblems(GeneralErrors.csrf, GeneralErrors.unsupported_media_type, GeneralErrors.rate_limited)
  async create(
    @Param('organization_id') organizationId: string,
    @BodyInput() body: CreateOrganizationInvitationBody,
    @CurrentUser() { userId }: Principal,
    @Client() client: ClientInfo,
  ): Promise<InvitationResponse> {
    const request = CreateOrganizationInvitationBody.requestOf(body);
    return InvitationResponse.from(await this.invitations.create(userId, organizationId, request, client));
  }

  @Get()
  @ApiOperation({
    operationId: 'invitation_listOrganizationInvitations',
    summary: 'List the invitations into an organization',
    description: 'Sortable by `created_at`, `expires_at`, `status` and `purpose`.',
  })
  @ApiParam(ORGANIZATION)
  @ApiPage(InvitationResponse)
  @ApiProblems(...REACHED, CoreErrors.invalid_email)
  async list(
    @Param('organization_id') organizationId: string,
    @QueryInput() { status, email, inviter_id: inviterId, ...options }: OrganizationInvitationsQuery,
    @CurrentUser() { userId }: Principal,
  ): Promise<Page<InvitationResponse>> {
    const filter = { status, email, inviterId };
    const page = await this.invitations.list(userId, organizationId, options, filter);
    return mapPage(page, (one) => InvitationResponse.from(one));
  }

  @Get(':id')
  @ApiOperation({
    operationId: 'invitation_getOrganizationInvitation',
    summary: 'Get an invitation into an organization',
  })
  @ApiParam(ORGANIZATION)
  @ApiParam(ID)
  @ApiOkResponse({ type: InvitationResponse })
  @ApiProblems(...REACHED, InvitationErrors.not_found)
  async get(
    @Param('organization_id') organizationId: string,
    @Param('id') id: string,
    @CurrentUser() { userId }: Principal,
  ): Promise<InvitationResponse> {
    return InvitationResponse.from(await this.invitations.get(userId, organizationId, id));
  }

  @Post(':id/resend')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'invitation_resendOrganizationInvitation',
    summary: 'Send an invitation into an organization again',
    description: 'With a new link and a new time; the link before is void. Once a minute.',
  })
  @ApiParam(ORGANIZATION)
  @ApiParam(ID)
  @ApiOkResponse({ type: InvitationResponse })
  @ApiProblems(...REACHED, role_too_high, InvitationErrors.not_found, InvitationErrors.not_pending)
  @ApiProblems(CoreErrors.sender_unavailable, GeneralErrors.csrf, GeneralErrors.rate_limited)
  async resend(
    @Param('organization_id') organizationId: string,
    @Param('id') id: string,
    @CurrentUser() { userId }: Principal,
    @Client() client: ClientInfo,
  ): Promise<InvitationResponse> {
    return InvitationResponse.from(await this.invitations.resend(userId, organizationId, id, client));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({
    operationId: 'invitation_revokeOrganizationInvitation',
    summary: 'Withdraw an invitation into an organization',
    description: 'Its record stays, as `revoked`.',
  })
  @ApiParam(ORGANIZATION)
  @ApiParam(ID)
  @ApiNoContentResponse()
  @ApiProblems(...REACHED, role_too_high, InvitationErrors.not_found, InvitationErrors.not_pending)
  @ApiProblems(GeneralErrors.csrf)
  async revoke(
    @Param('organization_id') organizationId: string,
    @Param('id') id: string,
    @CurrentUser() { userId }: Principal,
    @Client() client: ClientInfo,
  ): Promise<void> {
    await this.invitations.revoke(userId, organizationId, id, client);
  }
}
