import { Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam } from '@nestjs/swagger';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { ApiPage } from '../../../shared/listing/api-page.js';
import { mapPage, type Page } from '../../../shared/listing/page.js';
import {
  accountOf,
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
import { OrganizationErrors } from '../../organization/index.js';
import { type InvitationView, InvitationViews } from '../answer/invitation-views.js';
import { OwnInvitations } from '../answer/own-invitations.js';
import { InvitationErrors } from '../invitation.errors.js';
import type { InvitationRecord } from '../invitation/invitation.js';
import { InvitationResponse, OwnInvitationsQuery } from './invitation.dto.js';
import { InvitationTokenBody, ReceivedInvitationResponse } from './invitee.dto.js';

const ID = { name: 'id', format: 'uuid' } as const;
const SORTS = 'Sortable by `created_at`, `expires_at`, `status` and `purpose`.';
/** What stands against accepting. */
const ACCEPTANCE_REFUSED = [
  InvitationErrors.not_found,
  InvitationErrors.no_longer_valid,
  OrganizationErrors.already_a_member,
  OrganizationErrors.member_limit_reached,
  CoreErrors.account_deleted,
] as const;

/** Invitations to oneself, and those that oneself has sent. */
@AuthController('', 'Invitations')
@Authenticated()
@ApiProblems(GeneralErrors.forbidden)
export class OwnInvitationsController {
  constructor(
    private readonly invitations: OwnInvitations,
    private readonly views: InvitationViews,
  ) {}

  @Get('me/invitations')
  @ApiOperation({
    operationId: 'invitation_listOwnInvitations',
    summary: 'List the invitations to oneself',
    description: `To the account, and to its address if that is proven. ${SORTS}`,
  })
  @ApiPage(ReceivedInvitationResponse)
  async list(
    @QueryInput() { status, ...options }: OwnInvitationsQuery,
    @CurrentUser() principal: Principal,
  ): Promise<Page<ReceivedInvitationResponse>> {
    const page = await this.invitations.list(accountOf(principal), options, { status });
    const views = await this.views.of(page.data);
    return mapPage(page, (one) => ReceivedInvitationResponse.from(viewOf(views, one)));
  }

  @Get('me/invitations/sent')
  @ApiOperation({
    operationId: 'invitation_listSentInvitations',
    summary: 'List the invitations that oneself has sent',
    description: `To the platform and into organizations. ${SORTS}`,
  })
  @ApiPage(InvitationResponse)
  async listSent(
    @QueryInput() { status, ...options }: OwnInvitationsQuery,
    @CurrentUser() principal: Principal,
  ): Promise<Page<InvitationResponse>> {
    const page = await this.invitations.listSent(accountOf(principal), options, { status });
    return mapPage(page, (one) => InvitationResponse.from(one));
  }

  @Post('invitations/accept')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'invitation_acceptInvitation',
    summary: 'Accept an invitation by its link, signed in',
    description:
      'The account has to be the one that the invitation is for. The link proves the address, where the account had not.',
  })
  @ApiOkResponse({ type: ReceivedInvitationResponse })
  @ApiProblems(...ACCEPTANCE_REFUSED, InvitationErrors.other_account, CoreErrors.invalid_code)
  @ApiProblems(GeneralErrors.csrf, GeneralErrors.unsupported_media_type)
  async acceptByLink(
    @BodyInput() { token }: InvitationTokenBody,
    @CurrentUser() principal: Principal,
    @Client() client: ClientInfo,
  ): Promise<ReceivedInvitationResponse> {
    const { invitation } = await this.invitations.acceptByLink(accountOf(principal), token, client);
    return this.answer(invitation);
  }

  @Post('invitations/:id/accept')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'invitation_acceptOwnInvitation',
    summary: 'Accept an invitation to oneself',
    description: 'One that `GET me/invitations` lists; it needs no link.',
  })
  @ApiParam(ID)
  @ApiOkResponse({ type: ReceivedInvitationResponse })
  @ApiProblems(...ACCEPTANCE_REFUSED, InvitationErrors.not_pending, GeneralErrors.csrf)
  async accept(
    @Param('id') id: string,
    @CurrentUser() principal: Principal,
    @Client() client: ClientInfo,
  ): Promise<ReceivedInvitationResponse> {
    const { invitation } = await this.invitations.accept(accountOf(principal), id, client);
    return this.answer(invitation);
  }

  @Post('invitations/:id/decline')
  @HttpCode(204)
  @ApiOperation({
    operationId: 'invitation_declineOwnInvitation',
    summary: 'Decline an invitation to oneself',
  })
  @ApiParam(ID)
  @ApiNoContentResponse()
  @ApiProblems(InvitationErrors.not_found, InvitationErrors.not_pending, GeneralErrors.csrf)
  async decline(
    @Param('id') id: string,
    @CurrentUser() principal: Principal,
    @Client() client: ClientInfo,
  ): Promise<void> {
    await this.invitations.decline(accountOf(principal), id, client);
  }

  private async answer(invitation: InvitationRecord): Promise<ReceivedInvitationResponse> {
    return ReceivedInvitationResponse.from(viewOf(await this.views.of([invitation]), invitation));
  }
}

function viewOf(views: ReadonlyMap<string, InvitationView>, invitation: InvitationRecord): InvitationView {
  return views.get(invitation.id) ?? { invitation, organization: null, inviter: null };
}
