import { Delete, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam } from '@nestjs/swagger';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import type { HttpRequest } from '../../../shared/http/request.js';
import type { HttpResponse } from '../../../shared/http/response.js';
import {
  ApiProblems,
  AuthController,
  Authenticated,
  BodyInput,
  Client,
  CoreErrors,
  CurrentUser,
  type Principal,
  RawRequest,
  RefreshService,
  SignInResponder,
  TokenCookies,
  TokenResponse,
} from '../../core/index.js';
import { OrganizationErrors } from '../organization.errors.js';
import { SwitchOrganizationBody } from './organization.dto.js';

/** Changing the active organization is a refresh that asks for another one. */
@AuthController('organizations', 'Organizations')
@Authenticated()
export class OrganizationSwitchController {
  constructor(
    private readonly refreshes: RefreshService,
    private readonly cookies: TokenCookies,
    private readonly responder: SignInResponder,
  ) {}

  @Post(':organization_id/switch')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'organization_switchOrganization',
    summary: 'Make an organization the active one',
    description:
      'Answers a new pair of tokens with `org_id`, `org_role` and `org_permissions`. The refresh token is consumed, unless the answer is a refusal.',
  })
  @ApiParam({ name: 'organization_id', format: 'uuid' })
  @ApiOkResponse({ type: TokenResponse })
  @ApiProblems(OrganizationErrors.not_a_member)
  @ApiProblems(CoreErrors.invalid_refresh_token, CoreErrors.refresh_token_reused)
  @ApiProblems(CoreErrors.account_banned, CoreErrors.account_inactive, CoreErrors.account_deleted)
  @ApiProblems(CoreErrors.email_not_verified, CoreErrors.phone_not_verified)
  @ApiProblems(GeneralErrors.csrf, GeneralErrors.unsupported_media_type)
  async switch(
    @Param('organization_id') id: string,
    @BodyInput() body: SwitchOrganizationBody,
    @CurrentUser() principal: Principal,
    @RawRequest() request: HttpRequest,
    @Client() client: ClientInfo,
    @Res({ passthrough: true }) response: HttpResponse,
  ): Promise<TokenResponse> {
    const token = this.tokenOf(body, request);
    return this.responder.answer(response, await this.refresh(id, token, principal, client));
  }

  @Delete('active')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'organization_leaveActiveOrganization',
    summary: 'Go on without an active organization',
    description: 'Answers a new pair of tokens.',
  })
  @ApiOkResponse({ type: TokenResponse })
  @ApiProblems(CoreErrors.invalid_refresh_token, CoreErrors.refresh_token_reused)
  @ApiProblems(CoreErrors.account_banned, CoreErrors.account_inactive, CoreErrors.account_deleted)
  @ApiProblems(CoreErrors.email_not_verified, CoreErrors.phone_not_verified)
  @ApiProblems(GeneralErrors.csrf, GeneralErrors.unsupported_media_type)
  async clear(
    @BodyInput() body: SwitchOrganizationBody,
    @CurrentUser() principal: Principal,
    @RawRequest() request: HttpRequest,
    @Client() client: ClientInfo,
    @Res({ passthrough: true }) response: HttpResponse,
  ): Promise<TokenResponse> {
    const token = this.tokenOf(body, request);
    return this.responder.answer(response, await this.refresh(null, token, principal, client));
  }

  private tokenOf({ refresh_token }: SwitchOrganizationBody, request: HttpRequest): string {
    const token = refresh_token ?? this.cookies.refreshToken(request);
    assertThat(token, CoreErrors.invalid_refresh_token);
    return token;
  }

  /** The refresh token is that of whoever asks: nobody is put into the session of somebody else. */
  private refresh(
    organizationId: string | null,
    token: string,
    { userId }: Principal,
    client: ClientInfo,
  ): ReturnType<RefreshService['refresh']> {
    return this.refreshes.refresh(token, { organization_id: organizationId }, client, userId);
  }
}
