import { HttpCode, Post, Res, type Type } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation } from '@nestjs/swagger';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import type { HttpRequest } from '../../../shared/http/request.js';
import type { HttpResponse } from '../../../shared/http/response.js';
import { CoreErrors } from '../core.errors.js';
import type { Principal } from '../extension/principal.js';
import type { TokenMinter } from '../extension/token-minter.js';
import { ApiProblems } from '../http/api-problems.js';
import { AuthController } from '../http/auth-controller.decorator.js';
import { BEARER_SCHEME, COOKIE_SCHEME } from '../http/authenticated.decorator.js';
import { Client, RawRequest } from '../http/client.decorator.js';
import { CurrentUser } from '../http/current-user.decorator.js';
import { BodyInput } from '../http/input.decorator.js';
import { OptionalAuth } from '../http/public.decorator.js';
import { RateLimit } from '../http/rate-limit.decorator.js';
import { refusalOf } from '../http/request-principal.js';
import { SignInResponder } from '../http/sign-in-responder.js';
import { TokenCookies } from '../http/token-cookies.js';
import { LogoutService } from './logout.service.js';
import { LogoutBody } from './session.dto.js';
import { SessionService } from './session.service.js';

/** `POST logout` of a mode. */
export function logoutController(mode: TokenMinter['mode']): Type<object> {
  @AuthController('logout', 'Sessions')
  class LogoutController {
    constructor(
      private readonly sessions: SessionService,
      private readonly logouts: LogoutService,
      private readonly cookies: TokenCookies,
      private readonly responder: SignInResponder,
    ) {}

    @Post()
    @HttpCode(204)
    @OptionalAuth()
    @RateLimit({ name: 'logout', limit: 120, windowMs: 60_000, by: 'address' })
    @ApiOperation({
      operationId: `${mode}_logout`,
      summary: 'End this session',
      description:
        'By the access token; where there is no good one, by the refresh token of the body or the cookie.',
      security: [{ [BEARER_SCHEME]: [] }, { [COOKIE_SCHEME]: [] }, {}],
    })
    @ApiNoContentResponse()
    @ApiProblems(GeneralErrors.unauthenticated, CoreErrors.invalid_token, CoreErrors.invalid_refresh_token)
    @ApiProblems(GeneralErrors.csrf, GeneralErrors.unsupported_media_type)
    async logout(
      @CurrentUser() principal: Principal | undefined,
      @BodyInput({ required: false }) body: LogoutBody,
      @RawRequest() request: HttpRequest,
      @Client() client: ClientInfo,
      @Res({ passthrough: true }) response: HttpResponse,
    ): Promise<void> {
      const refreshToken = body.refresh_token ?? this.cookies.refreshToken(request);
      if (principal) await this.sessions.logout(principal, client);
      else if (refreshToken !== undefined) await this.logouts.byRefreshToken(refreshToken, client);
      else throw refusalOf(request);
      this.responder.clear(response);
    }
  }
  return LogoutController;
}
