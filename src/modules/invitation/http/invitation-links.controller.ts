import { Get, Header, Headers, HttpCode, Post, Res } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  getSchemaPath,
} from '@nestjs/swagger';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import type { HttpResponse } from '../../../shared/http/response.js';
import {
  ApiPasswordProblems,
  ApiProblems,
  AuthController,
  BodyInput,
  ChallengeResponse,
  Client,
  CoreErrors,
  CurrentUser,
  OptionalAuth,
  type Principal,
  Public,
  RateLimit,
  SignInResponder,
  TokenResponse,
} from '../../core/index.js';
import { OrganizationErrors } from '../../organization/index.js';
import { InvitationPageService } from '../answer/invitation-page.service.js';
import { InvitationSignUp } from '../answer/invitation-sign-up.js';
import { InvitationViews } from '../answer/invitation-views.js';
import { OwnInvitations } from '../answer/own-invitations.js';
import { InvitationErrors } from '../invitation.errors.js';
import {
  InvitationSignUpBody,
  InvitationTokenBody,
  OpenedInvitationResponse,
  OpenInvitationBody,
  ShownInvitationResponse,
} from './invitee.dto.js';

/** The token of a link, in a header: what stands in an address stands in logs. */
const TOKEN_HEADER = 'Invitation-Token';
const LIMIT = { name: 'invitation_link', limit: 60, windowMs: 60_000, by: 'address' } as const;
const SIGN_UP_REFUSED = [
  CoreErrors.invalid_code,
  CoreErrors.registration_closed,
  InvitationErrors.sign_in_required,
  InvitationErrors.not_found,
  InvitationErrors.no_longer_valid,
  OrganizationErrors.already_a_member,
  OrganizationErrors.member_limit_reached,
  CoreErrors.account_banned,
  CoreErrors.account_inactive,
  CoreErrors.phone_not_verified,
] as const;
const NAME_REFUSED = [
  CoreErrors.invalid_username,
  CoreErrors.username_reserved,
  CoreErrors.username_taken,
  CoreErrors.email_taken,
] as const;

/** What whoever has the link of an invitation does with it. */
@AuthController('invitations', 'Invitations')
@RateLimit(LIMIT)
export class InvitationLinksController {
  constructor(
    private readonly views: InvitationViews,
    private readonly own: OwnInvitations,
    private readonly signUps: InvitationSignUp,
    private readonly pages: InvitationPageService,
    private readonly responder: SignInResponder,
  ) {}

  @Get('link')
  @Public()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({
    operationId: 'invitation_showInvitation',
    summary: 'Show the invitation of a link',
    description: 'Consumes nothing.',
    security: [],
  })
  @ApiHeader({ name: TOKEN_HEADER, required: true, description: 'The token of the link.' })
  @ApiOkResponse({ type: ShownInvitationResponse })
  @ApiProblems(CoreErrors.invalid_code)
  async show(@Headers(TOKEN_HEADER) token: string | undefined): Promise<ShownInvitationResponse> {
    return ShownInvitationResponse.of(await this.views.byLink(token ?? ''));
  }

  @Post('sign-up')
  @Public()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'invitation_signUp',
    summary: 'Accept an invitation with a new account',
    description:
      'Signs up, accepts and signs in, in one step; the link proves the address. Where the address has an account, that has to sign in and accept.',
    security: [],
  })
  @ApiExtraModels(TokenResponse, ChallengeResponse)
  @ApiOkResponse({
    description: 'Tokens, or a challenge that has to be completed first.',
    schema: {
      oneOf: [{ $ref: getSchemaPath(TokenResponse) }, { $ref: getSchemaPath(ChallengeResponse) }],
    },
  })
  @ApiPasswordProblems()
  @ApiProblems(...SIGN_UP_REFUSED)
  @ApiProblems(...NAME_REFUSED)
  @ApiProblems(GeneralErrors.csrf, GeneralErrors.unsupported_media_type)
  async signUp(
    @BodyInput() body: InvitationSignUpBody,
    @Client() client: ClientInfo,
    @Res({ passthrough: true }) response: HttpResponse,
  ): Promise<TokenResponse | ChallengeResponse> {
    const accepted = await this.signUps.signUp(InvitationSignUpBody.requestOf(body), client);
    return this.responder.answer(response, await this.signUps.signIn(accepted, body.device_name, client));
  }

  @Post('decline')
  @Public()
  @HttpCode(204)
  @ApiOperation({
    operationId: 'invitation_declineInvitation',
    summary: 'Decline an invitation by its link',
    description: 'Needs no account.',
    security: [],
  })
  @ApiNoContentResponse()
  @ApiProblems(CoreErrors.invalid_code, GeneralErrors.csrf, GeneralErrors.unsupported_media_type)
  async decline(@BodyInput() { token }: InvitationTokenBody, @Client() client: ClientInfo): Promise<void> {
    await this.own.declineByLink(token, client);
  }

  @Post('open')
  @OptionalAuth()
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @ApiOperation({
    operationId: 'invitation_openInvitation',
    summary: 'Accept an invitation on the page that the link leads to',
    description:
      'For the page, which can keep cookies and nothing else: no token is in the answer. Accepts for whoever is signed in; else makes an account.',
    security: [],
  })
  @ApiOkResponse({ type: OpenedInvitationResponse })
  @ApiPasswordProblems()
  @ApiProblems(...SIGN_UP_REFUSED)
  @ApiProblems(...NAME_REFUSED)
  @ApiProblems(InvitationErrors.password_required, InvitationErrors.other_account)
  @ApiProblems(GeneralErrors.csrf, GeneralErrors.unsupported_media_type)
  async open(
    @BodyInput() body: OpenInvitationBody,
    @CurrentUser() principal: Principal | undefined,
    @Client() client: ClientInfo,
    @Res({ passthrough: true }) response: HttpResponse,
  ): Promise<OpenedInvitationResponse> {
    const { status, signIn } = await this.pages.open(body, principal, client);
    if (signIn) this.responder.answer(response, signIn);
    return { status };
  }
}
