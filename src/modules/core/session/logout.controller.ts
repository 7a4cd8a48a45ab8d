import { HttpCode, Post, Res, type Type } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation } from '@nestjs/swagger';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import type { HttpResponse } from '../../../shared/http/response.js';
import type { Principal } from '../extension/principal.js';
import type { TokenMinter } from '../extension/token-minter.js';
import { ApiProblems } from '../http/api-problems.js';
import { AuthController } from '../http/auth-controller.decorator.js';
import { Authenticated } from '../http/authenticated.decorator.js';
import { Client } from '../http/client.decorator.js';
import { CurrentUser } from '../http/current-user.decorator.js';
import { SignInResponder } from '../http/sign-in-responder.js';
import { SessionService } from './session.service.js';

/** `POST logout` of a mode. */
export function logoutController(mode: TokenMinter['mode']): Type<object> {
  @AuthController('logout', 'Sessions')
  class LogoutController {
    constructor(
      private readonly sessions: SessionService,
      private readonly responder: SignInResponder,
    ) {}

    @Post()
    @HttpCode(204)
    @Authenticated()
    @ApiOperation({ operationId: `${mode}_logout`, summary: 'End this session' })
    @ApiNoContentResponse()
    @ApiProblems(GeneralErrors.csrf)
    async logout(
      @CurrentUser() principal: Principal,
      @Client() client: ClientInfo,
      @Res({ passthrough: true }) response: HttpResponse,
    ): Promise<void> {
      await this.sessions.logout(principal, client);
      this.responder.clear(response);
    }
  }
  return LogoutController;
}
