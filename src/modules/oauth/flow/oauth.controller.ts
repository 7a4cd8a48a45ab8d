import { Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiFoundResponse, ApiOkResponse, ApiOperation, ApiParam } from '@nestjs/swagger';
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
  CoreErrors,
  CurrentUser,
  OptionalAuth,
  type Principal,
  Public,
  QueryInput,
  RateLimit,
  RawRequest,
  type TokenResponse,
} from '../../core/index.js';
import { OAuthErrors } from '../oauth.errors.js';
import { OAuthProviders } from '../provider/oauth-providers.js';
import { BrowserBinding } from './browser-binding.js';
import { ExchangeService } from './exchange.service.js';
import { ApiBeginProblems, ApiJsonBodyProblems, ApiSignedIn, ApiSignInProblems } from './flow-problems.js';
import { FlowResponder } from './flow-responder.js';
import { FlowStart } from './flow-start.js';
import { AuthorizeBody, AuthorizeResponse, ExchangeBody, ProvidersResponse, StartQuery } from './flow.dto.js';

/** The beginning of a sign-in by a provider, and its end where a one-time code is exchanged. */
@AuthController('oauth', 'OAuth')
export class OAuthController {
  constructor(
    private readonly providers: OAuthProviders,
    private readonly starts: FlowStart,
    private readonly exchanges: ExchangeService,
    private readonly browsers: BrowserBinding,
    private readonly responder: FlowResponder,
  ) {}

  @Get('providers')
  @Public()
  @ApiOperation({ operationId: 'oauth_listProviders', summary: 'List the providers', security: [] })
  @ApiOkResponse({ type: ProvidersResponse })
  list(): ProvidersResponse {
    return ProvidersResponse.from(this.providers.all);
  }

  @Post(':provider/authorize')
  @HttpCode(200)
  @OptionalAuth()
  @RateLimit({ name: 'oauth_authorize', limit: 60, windowMs: 60_000, by: 'address' })
  @ApiOperation({
    operationId: 'oauth_authorize',
    summary: 'Begin a sign-in by a provider',
    description:
      'Answers where the browser has to go, and sets a cookie that the browser has to bring back: from a page of another origin ask with credentials, or use `start`. With `link` the request needs a credential.',
    security: [{}, { bearer: [] }, { cookie: [] }],
  })
  @ApiParam({ name: 'provider', example: 'github' })
  @ApiOkResponse({ type: AuthorizeResponse })
  @ApiBeginProblems()
  @ApiProblems(GeneralErrors.unauthenticated, CoreErrors.reauthentication_required)
  @ApiJsonBodyProblems()
  authorize(
    @Param('provider') provider: string,
    @BodyInput() body: AuthorizeBody,
    @CurrentUser() principal: Principal | undefined,
    @RawRequest() request: HttpRequest,
    @Res({ passthrough: true }) response: HttpResponse,
  ): Promise<AuthorizeResponse> {
    return this.starts.answer(provider, body, principal, request, response);
  }

  @Get(':provider/start')
  @Public()
  @RateLimit({ name: 'oauth_authorize', limit: 60, windowMs: 60_000, by: 'address' })
  @ApiOperation({
    operationId: 'oauth_start',
    summary: 'Begin a sign-in by a link',
    description: 'As `authorize`, for `<a href>` and popups: sends the browser to the provider.',
    security: [],
  })
  @ApiParam({ name: 'provider', example: 'github' })
  @ApiFoundResponse({
    description:
      'Location: the provider; or `redirect_to` with `error`, where the provider cannot be reached.',
  })
  @ApiOkResponse({
    description: 'A popup’s page, where the provider cannot be reached.',
    content: { 'text/html': { schema: { type: 'string', example: '<!doctype html>' } } },
  })
  @ApiBeginProblems()
  start(
    @Param('provider') provider: string,
    @QueryInput() query: StartQuery,
    @RawRequest() request: HttpRequest,
    @Res({ passthrough: true }) response: HttpResponse,
  ): Promise<string | undefined> {
    return this.starts.redirect(provider, query, request, response);
  }

  @Post('exchange')
  @HttpCode(200)
  @OptionalAuth()
  @RateLimit({ name: 'oauth_exchange', limit: 60, windowMs: 60_000, by: 'address' })
  @ApiOperation({
    operationId: 'oauth_exchange',
    summary: 'Exchange a one-time code for tokens',
    description:
      'The code of the redirect or of the popup’s message: good once, for a minute. A session that the request belongs to ends.',
    security: [],
  })
  @ApiSignedIn()
  @ApiProblems(CoreErrors.invalid_code, OAuthErrors.code_verifier_invalid)
  @ApiSignInProblems()
  @ApiJsonBodyProblems()
  async exchange(
    @BodyInput() body: ExchangeBody,
    @CurrentUser() earlier: Principal | undefined,
    @Client() client: ClientInfo,
    @RawRequest() request: HttpRequest,
    @Res({ passthrough: true }) response: HttpResponse,
  ): Promise<TokenResponse | ChallengeResponse> {
    const proof = { code: body.code, codeVerifier: body.code_verifier, browser: this.browsers.of(request) };
    return this.responder.signedIn(response, await this.exchanges.exchange(proof, client), earlier, client);
  }
}
