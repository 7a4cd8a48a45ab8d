import { Get, HttpCode, HttpStatus, Param, Post, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiParam, ApiQuery } from '@nestjs/swagger';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import type { HttpRequest } from '../../../shared/http/request.js';
import type { HttpResponse } from '../../../shared/http/response.js';
import {
  ApiProblems,
  AuthController,
  BodyInput,
  type ChallengeResponse,
  Client,
  CurrentUser,
  FormPostController,
  OptionalAuth,
  type Principal,
  RateLimit,
  RawRequest,
  type TokenResponse,
} from '../../core/index.js';
import { OAuthErrors } from '../oauth.errors.js';
import { BrowserBinding } from './browser-binding.js';
import { CallbackService } from './callback.service.js';
import {
  ApiCompletionProblems,
  ApiFlowEnd,
  ApiJsonBodyProblems,
  ApiSeeOther,
  ApiSignedInOrLinked,
} from './flow-problems.js';
import { FlowResponder } from './flow-responder.js';
import { CaughtAnswerBody, type LinkedResponse } from './flow.dto.js';
import { formOf, queryOf } from './request-parameters.js';

type Answer = Promise<TokenResponse | ChallengeResponse | LinkedResponse | string | undefined>;

/** Where the answers of providers arrive. */
@AuthController('oauth', 'OAuth')
export class CallbackController {
  constructor(
    private readonly callbacks: CallbackService,
    private readonly browsers: BrowserBinding,
    private readonly responder: FlowResponder,
  ) {}

  @Get(':provider/callback')
  @OptionalAuth()
  @RateLimit({ name: 'oauth_callback', limit: 60, windowMs: 60_000, by: 'address' })
  @ApiOperation({
    operationId: 'oauth_callback',
    summary: 'Take a provider’s answer',
    description:
      'The redirect URI to register with the provider. The browser has to be the one that began. Further parameters of the provider are ignored.',
    security: [],
  })
  @ApiParam({ name: 'provider', example: 'github' })
  @ApiQuery({ name: 'code', required: false, type: String })
  @ApiQuery({ name: 'state', required: false, type: String })
  @ApiQuery({ name: 'iss', required: false, type: String, description: 'RFC 9207' })
  @ApiQuery({ name: 'error', required: false, type: String, description: 'RFC 6749 section 4.1.2.1' })
  @ApiQuery({ name: 'form', required: false, type: String, description: 'An answer that was posted.' })
  @ApiFlowEnd()
  @ApiCompletionProblems()
  async return(
    @Param('provider') provider: string,
    @CurrentUser() earlier: Principal | undefined,
    @Client() client: ClientInfo,
    @RawRequest() request: HttpRequest,
    @Res({ passthrough: true }) response: HttpResponse,
  ): Answer {
    const browser = this.browsers.of(request);
    const result = await this.callbacks.return(provider, queryOf(request), browser, client);
    return this.responder.answer(response, result, earlier, client);
  }

  @Post(':provider/token')
  @HttpCode(200)
  @OptionalAuth()
  @RateLimit({ name: 'oauth_callback', limit: 60, windowMs: 60_000, by: 'address' })
  @ApiOperation({
    operationId: 'oauth_token',
    summary: 'Hand over a provider’s answer',
    description:
      'For native clients that take the answer on an address of their own (mode `json`). Needs the verifier of the `code_challenge`, or the cookie.',
    security: [],
  })
  @ApiParam({ name: 'provider', example: 'google' })
  @ApiSignedInOrLinked()
  @ApiCompletionProblems()
  @ApiProblems(OAuthErrors.code_verifier_invalid)
  @ApiJsonBodyProblems()
  async take(
    @Param('provider') provider: string,
    @BodyInput() body: CaughtAnswerBody,
    @CurrentUser() earlier: Principal | undefined,
    @Client() client: ClientInfo,
    @RawRequest() request: HttpRequest,
    @Res({ passthrough: true }) response: HttpResponse,
  ): Answer {
    const result = await this.callbacks.take(provider, body, this.browsers.of(request), client);
    return this.responder.answer(response, result, earlier, client);
  }
}

/** Where a browser posts the answer of a provider that wants it so (OAuth 2.0 Form Post Response Mode). */
@FormPostController('oauth', 'OAuth')
export class FormPostCallbackController {
  constructor(
    private readonly callbacks: CallbackService,
    private readonly responder: FlowResponder,
  ) {}

  @Post(':provider/callback')
  @RateLimit({ name: 'oauth_callback', limit: 60, windowMs: 60_000, by: 'address' })
  @ApiOperation({
    operationId: 'oauth_postCallback',
    summary: 'Take a provider’s answer that was posted',
    description: 'Keeps it for a minute, and sends the browser on by GET, with its cookie.',
    security: [],
  })
  @ApiParam({ name: 'provider', example: 'apple' })
  @ApiConsumes('application/x-www-form-urlencoded')
  @ApiBody({
    schema: {
      type: 'object',
      properties: {
        code: { type: 'string' },
        state: { type: 'string' },
        error: { type: 'string' },
        user: { type: 'string', description: 'Apple: the name, as JSON.' },
      },
    },
  })
  @ApiSeeOther()
  @ApiProblems(
    OAuthErrors.provider_not_found,
    OAuthErrors.state_invalid,
    GeneralErrors.unsupported_media_type,
  )
  async post(
    @Param('provider') provider: string,
    @RawRequest() request: HttpRequest,
    @Res({ passthrough: true }) response: HttpResponse,
  ): Promise<undefined> {
    return this.responder.redirect(
      response,
      await this.callbacks.keepForm(provider, formOf(request)),
      HttpStatus.SEE_OTHER,
    );
  }
}
