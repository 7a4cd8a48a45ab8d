import { HttpCode, Post, Res, type Type } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, getSchemaPath } from '@nestjs/swagger';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import { BodyInput } from '../http/input.decorator.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import type { HttpResponse } from '../../../shared/http/response.js';
import { CoreErrors } from '../core.errors.js';
import type { TokenMinter } from '../extension/token-minter.js';
import type { Principal } from '../extension/principal.js';
import { ApiProblems } from '../http/api-problems.js';
import { AuthController } from '../http/auth-controller.decorator.js';
import { Client } from '../http/client.decorator.js';
import { CurrentUser } from '../http/current-user.decorator.js';
import { OptionalAuth } from '../http/public.decorator.js';
import { RateLimit } from '../http/rate-limit.decorator.js';
import { SignInResponder } from '../http/sign-in-responder.js';
import { PasswordErrors } from '../password/password.errors.js';
import { ChallengeResponse, LoginBody, TokenResponse } from '../session/session.dto.js';
import { SessionService } from '../session/session.service.js';
import { LoginService } from './login.service.js';

/** `POST login` of a mode; the mode leads the `operationId`. */
export function loginController(mode: TokenMinter['mode']): Type<object> {
  @AuthController('login', 'Login')
  class LoginController {
    constructor(
      private readonly logins: LoginService,
      private readonly sessions: SessionService,
      private readonly responder: SignInResponder,
    ) {}

    @Post()
    @HttpCode(200)
    @OptionalAuth()
    @RateLimit(
      { name: 'login', limit: 60, windowMs: 60_000, by: 'address' },
      { name: 'login', limit: 120, windowMs: 60_000, by: 'identifier' },
    )
    @ApiOperation({
      operationId: `${mode}_login`,
      summary: 'Sign in with a password',
      description:
        'Name the account by exactly one of `identifier`, `email`, `username` and `phone_number`. A session that the request belongs to ends.',
      security: [],
    })
    @ApiExtraModels(TokenResponse, ChallengeResponse)
    @ApiOkResponse({
      description: 'Tokens, or a challenge that has to be completed first.',
      schema: {
        oneOf: [{ $ref: getSchemaPath(TokenResponse) }, { $ref: getSchemaPath(ChallengeResponse) }],
      },
    })
    @ApiProblems(
      CoreErrors.identifier_required,
      CoreErrors.invalid_credentials,
      CoreErrors.locked,
      PasswordErrors.hashing_busy,
    )
    @ApiProblems(CoreErrors.account_banned, CoreErrors.account_inactive, CoreErrors.account_deleted)
    @ApiProblems(CoreErrors.email_not_verified, CoreErrors.phone_not_verified)
    @ApiProblems(GeneralErrors.csrf, GeneralErrors.unsupported_media_type)
    async login(
      @BodyInput() body: LoginBody,
      @CurrentUser() earlier: Principal | undefined,
      @Client() client: ClientInfo,
      @Res({ passthrough: true }) response: HttpResponse,
    ): Promise<TokenResponse | ChallengeResponse> {
      const result = await this.logins.login(body, client);
      // The session that came with the request is never carried over (session fixation, ASVS 7.2.4).
      if (earlier && result.status === 'authenticated') await this.sessions.logout(earlier, client);
      return this.responder.answer(response, result);
    }
  }
  return LoginController;
}
