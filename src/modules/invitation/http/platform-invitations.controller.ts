import { Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
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
  BodyInput,
  Client,
  CoreErrors,
  CurrentUser,
  type Principal,
  QueryInput,
} from '../../core/index.js';
import { RequirePermissions } from '../../rbac/index.js';
import { InvitationErrors } from '../invitation.errors.js';
import type { InvitationActor } from '../invitation.events.js';
import { INVITATION_PERMISSIONS } from '../invitation.permissions.js';
import { PlatformInvitations } from '../issue/platform-invitations.js';
import { CreateInvitationBody, InvitationResponse, InvitationsQuery } from './invitation.dto.js';

const ID = { name: 'id', format: 'uuid' } as const;

/** Invitations to the platform, for its administrators. */
@AuthController('invitations', 'Invitations')
export class PlatformInvitationsController {
  constructor(private readonly invitations: PlatformInvitations) {}

  @Post()
  @RequirePermissions(INVITATION_PERMISSIONS.create)
  @ApiOperation({
    operationId: 'invitation_createInvitation',
    summary: 'Invite somebody to the platform',
    description: 'An address or an account has one pending invitation for each purpose.',
  })
  @ApiCreatedResponse({ type: InvitationResponse })
  @ApiProblems(InvitationErrors.invitee_required, InvitationErrors.purpose_not_allowed)
  @ApiProblems(InvitationErrors.metadata_too_large, InvitationErrors.already_invited)
  @ApiProblems(CoreErrors.invalid_email, CoreErrors.user_not_found, CoreErrors.sender_unavailable)
  @ApiProblems(GeneralErrors.csrf, GeneralErrors.unsupported_media_type, GeneralErrors.rate_limited)
  async create(
    @BodyInput() body: CreateInvitationBody,
    @CurrentUser() principal: Principal,
    @Client() client: ClientInfo,
  ): Promise<InvitationResponse> {
    const request = CreateInvitationBody.requestOf(body);
    return InvitationResponse.from(await this.invitations.create(request, adminOf(principal, client)));
  }

  @Get()
  @RequirePermissions(INVITATION_PERMISSIONS.read)
  @ApiOperation({
    operationId: 'invitation_listInvitations',
    summary: 'List the invitations to the platform',
    description: 'Sortable by `created_at`, `expires_at`, `status` and `purpose`.',
  })
  @ApiPage(InvitationResponse)
  @ApiProblems(CoreErrors.invalid_email)
  async list(@QueryInput() query: InvitationsQuery): Promise<Page<InvitationResponse>> {
    const page = await this.invitations.list(query, InvitationsQuery.filterOf(query));
    return mapPage(page, (one) => InvitationResponse.from(one));
  }

  @Get(':id')
  @RequirePermissions(INVITATION_PERMISSIONS.read)
  @ApiOperation({ operationId: 'invitation_getInvitation', summary: 'Get an invitation to the platform' })
  @ApiParam(ID)
  @ApiOkResponse({ type: InvitationResponse })
  @ApiProblems(InvitationErrors.not_found)
  async get(@Param('id') id: string): Promise<InvitationResponse> {
    return InvitationResponse.from(await this.invitations.get(id));
  }

  @Post(':id/resend')
  @HttpCode(200)
  @RequirePermissions(INVITATION_PERMISSIONS.create)
  @ApiOperation({
    operationId: 'invitation_resendInvitation',
    summary: 'Send an invitation to the platform again',
    description: 'With a new link and a new time; the link before is void. Once a minute.',
  })
  @ApiParam(ID)
  @ApiOkResponse({ type: InvitationResponse })
  @ApiProblems(InvitationErrors.not_found, InvitationErrors.not_pending, CoreErrors.sender_unavailable)
  @ApiProblems(GeneralErrors.csrf, GeneralErrors.rate_limited)
  async resend(
    @Param('id') id: string,
    @CurrentUser() principal: Principal,
    @Client() client: ClientInfo,
  ): Promise<InvitationResponse> {
    return InvitationResponse.from(await this.invitations.resend(id, adminOf(principal, client)));
  }

  @Delete(':id')
  @HttpCode(204)
  @RequirePermissions(INVITATION_PERMISSIONS.revoke)
  @ApiOperation({
    operationId: 'invitation_revokeInvitation',
    summary: 'Withdraw an invitation to the platform',
    description: 'Its record stays, as `revoked`.',
  })
  @ApiParam(ID)
  @ApiNoContentResponse()
  @ApiProblems(InvitationErrors.not_found, InvitationErrors.not_pending, GeneralErrors.csrf)
  async revoke(
    @Param('id') id: string,
    @CurrentUser() principal: Principal,
    @Client() client: ClientInfo,
  ): Promise<void> {
    await this.invitations.revoke(id, adminOf(principal, client));
  }
}

function adminOf({ userId }: Principal, client: ClientInfo): InvitationActor {
  return { userId, type: 'admin', client };
}
