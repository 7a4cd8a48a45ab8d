import { HttpCode, Post, Res, type Type } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { AuthError } from '../../../shared/errors/auth-error.js';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import { BodyInput } from '../http/input.decorator.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import type { HttpRequest } from '../../../shared/http/request.js';
import type { HttpResponse } from '../../../shared/http/response.js';
import { CoreErrors } from '../core.errors.js';
import type { TokenMinter } from '../extension/token-minter.js';
import { ApiProblems } from '../http/api-problems.js';
import { AuthController } from '../http/auth-controller.decorator.js';
import { Client, RawRequest } from '../http/client.decorator.js';
import { Public } from '../http/public.decorator.js';
import { RateLimit } from '../http/rate-limit.decorator.js';
import { SignInResponder } from '../http/sign-in-responder.js';
import { TokenCookies } from '../http/token-cookies.js';
import { RefreshService } from './refresh.service.js';
import { RefreshBody, TokenResponse } from './session.dto.js';

/** `POST refresh` of a mode. */
export function refreshController(mode: TokenMinter['mode']): Type<object> {
  @AuthController('refresh', 'Sessions')
  class RefreshController {
    constructor(
      private readonly refreshes: RefreshService,
      private readonly cookies: TokenCookies,
      private readonly responder: SignInResponder,
    ) {}

    @Post()
    @HttpCode(200)
    @Public()
    @RateLimit({ name: 'refresh', limit: 120, windowMs: 60_000, by: 'address' })
    @ApiOperation({
      operationId: `${mode}_refresh`,
      summary: 'Replace the pair of tokens',
      description:
        'Rotates the refresh token. Repeated within the grace, the answer holds the same tokens; after it, or once those have been replaced in turn, the session ends.',
      security: [],
    })
    @ApiOkResponse({ type: TokenResponse })
    @ApiProblems(CoreErrors.invalid_refresh_token, CoreErrors.refresh_token_reused)
    @ApiProblems(CoreErrors.account_banned, CoreErrors.account_inactive, CoreErrors.account_deleted)
    @ApiProblems(CoreErrors.email_not_verified, CoreErrors.phone_not_verified)
    @ApiProblems(GeneralErrors.csrf, GeneralErrors.unsupported_media_type)
    async refresh(
      @BodyInput() body: RefreshBody,
      @RawRequest() request: HttpRequest,
      @Client() client: ClientInfo,
      @Res({ passthrough: true }) response: HttpResponse,
    ): Promise<TokenResponse> {
      const token = body.refresh_token ?? this.cookies.refreshToken(request);
      if (token === undefined) throw new AuthError(CoreErrors.invalid_refresh_token);
      return this.responder.answer(response, await this.refreshes.refresh(token, requestedBy(body), client));
    }
  }
  return RefreshController;
}

/** What the claims contributors of other modules are asked for. */
function requestedBy({ organization_id }: RefreshBody): Readonly<Record<string, unknown>> {
  return organization_id === undefined ? {} : { organization_id };
}
