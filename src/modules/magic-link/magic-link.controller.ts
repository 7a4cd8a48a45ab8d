import { Header, HttpCode, Post, Res } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  getSchemaPath,
} from '@nestjs/swagger';
import { GeneralErrors } from '../../shared/errors/general.errors.js';
import type { ClientInfo } from '../../shared/http/client-info.js';
import type { HttpRequest } from '../../shared/http/request.js';
import type { HttpResponse } from '../../shared/http/response.js';
import {
  AcceptedResponse,
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
  RawRequest,
  SignInResponder,
  TokenResponse,
} from '../core/index.js';
import { BrowserBinding } from './browser-binding.js';
import { MagicLinkRequestService } from './magic-link-request.service.js';
import {
  ConfirmMagicLinkBody,
  ExchangeMagicLinkBody,
  OpenedMagicLinkResponse,
  OpenMagicLinkBody,
  RequestMagicLinkBody,
} from './magic-link.dto.js';
import { MagicLinkErrors } from './magic-link.errors.js';
import { MagicLinkService } from './magic-link.service.js';

const SIGN_IN_ANSWER = {
  description: 'Tokens, or a challenge that has to be completed first.',
  schema: {
    oneOf: [{ $ref: getSchemaPath(TokenResponse) }, { $ref: getSchemaPath(ChallengeResponse) }],
  },
};
const PROOF_REFUSED = [
  CoreErrors.invalid_code,
  MagicLinkErrors.other_browser,
  CoreErrors.account_banned,
  CoreErrors.account_inactive,
  CoreErrors.account_deleted,
  CoreErrors.phone_not_verified,
] as const;
const NAME_REFUSED = [
  CoreErrors.invalid_username,
  CoreErrors.username_reserved,
  CoreErrors.username_taken,
  CoreErrors.email_taken,
] as const;

/** Sign-in by a mailed link. */
@AuthController('magic-link', 'Magic link')
@ApiProblems(GeneralErrors.csrf, GeneralErrors.unsupported_media_type)
export class MagicLinkController {
  constructor(
    private readonly requests: MagicLinkRequestService,
    private readonly links: MagicLinkService,
    private readonly browsers: BrowserBinding,
    private readonly responder: SignInResponder,
  ) {}

  @Post()
  @Public()
  @HttpCode(202)
  @Header('Cache-Control', 'no-store')
  @RateLimit({ name: 'magic_link_request', limit: 60, windowMs: 60_000, by: 'address' })
  @ApiOperation({
    operationId: 'magic_link_requestLink',
    summary: 'Have a link and a code sent that sign in',
    description:
      'Answers alike whether the address is known or not. Asked for again, it voids what was sent before.',
    security: [],
  })
  @ApiAcceptedResponse({ type: AcceptedResponse })
  @ApiProblems(CoreErrors.invalid_email, CoreErrors.invalid_username, CoreErrors.username_reserved)
  @ApiProblems(GeneralErrors.redirect_not_allowed, MagicLinkErrors.redirect_required)
  @ApiProblems(CoreErrors.sender_unavailable)
  async request(
    @BodyInput() body: RequestMagicLinkBody,
    @RawRequest() request: HttpRequest,
    @Client() client: ClientInfo,
    @Res({ passthrough: true }) response: HttpResponse,
  ): Promise<AcceptedResponse> {
    const wish = RequestMagicLinkBody.wishOf(body);
    return AcceptedResponse.after(
      await this.requests.request(wish, this.browsers.mark(request, response), client),
    );
  }

  @Post('confirm')
  @OptionalAuth()
  @HttpCode(200)
  @RateLimit({ name: 'magic_link_confirm', limit: 60, windowMs: 60_000, by: 'address' })
  @ApiOperation({
    operationId: 'magic_link_confirmLink',
    summary: 'Sign in with a link’s token, or with an address and its code',
    description:
      '`token`, or `email` and `code`. Proves the address. A session that the request belongs to ends.',
    security: [],
  })
  @ApiExtraModels(TokenResponse, ChallengeResponse)
  @ApiOkResponse(SIGN_IN_ANSWER)
  @ApiProblems(...PROOF_REFUSED)
  @ApiProblems(...NAME_REFUSED)
  @ApiProblems(CoreErrors.invalid_email, CoreErrors.too_many_attempts, CoreErrors.invalid_credentials)
  async confirm(
    @BodyInput() body: ConfirmMagicLinkBody,
    @CurrentUser() earlier: Principal | undefined,
    @RawRequest() request: HttpRequest,
    @Client() client: ClientInfo,
    @Res({ passthrough: true }) response: HttpResponse,
  ): Promise<TokenResponse | ChallengeResponse> {
    const proof = ConfirmMagicLinkBody.proofOf(body, this.browsers.of(request));
    const context = { client, earlier, deviceName: body.device_name };
    return this.responder.answer(response, await this.links.confirm(proof, context));
  }

  @Post('open')
  @OptionalAuth()
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @RateLimit({ name: 'magic_link_confirm', limit: 60, windowMs: 60_000, by: 'address' })
  @ApiOperation({
    operationId: 'magic_link_openLink',
    summary: 'Sign in on the page that the link leads to',
    description:
      'For the page, which can keep cookies and nothing else: no token is in the answer. Where cookies alone carry tokens, they are set. Else `redirect_to` has a code, good for one minute, that the app there sends to `POST magic-link/exchange`.',
    security: [],
  })
  @ApiOkResponse({ type: OpenedMagicLinkResponse })
  @ApiProblems(...PROOF_REFUSED)
  @ApiProblems(...NAME_REFUSED)
  @ApiProblems(GeneralErrors.redirect_not_allowed, CoreErrors.invalid_credentials)
  async open(
    @BodyInput() body: OpenMagicLinkBody,
    @CurrentUser() earlier: Principal | undefined,
    @RawRequest() request: HttpRequest,
    @Client() client: ClientInfo,
    @Res({ passthrough: true }) response: HttpResponse,
  ): Promise<OpenedMagicLinkResponse> {
    const proof = OpenMagicLinkBody.proofOf(body, this.browsers.of(request));
    const opened = await this.links.open(proof, { client, earlier });
    if (opened.signIn) this.responder.answer(response, opened.signIn);
    return OpenedMagicLinkResponse.from(opened);
  }

  @Post('exchange')
  @OptionalAuth()
  @HttpCode(200)
  @RateLimit({ name: 'magic_link_exchange', limit: 60, windowMs: 60_000, by: 'address' })
  @ApiOperation({
    operationId: 'magic_link_exchangeCode',
    summary: 'Fetch the answer of a sign-in after the redirect',
    description: 'With the `magic_link_code` of the redirect. A session that the request belongs to ends.',
    security: [],
  })
  @ApiExtraModels(TokenResponse, ChallengeResponse)
  @ApiOkResponse(SIGN_IN_ANSWER)
  @ApiProblems(CoreErrors.invalid_code, CoreErrors.invalid_credentials)
  @ApiProblems(CoreErrors.account_banned, CoreErrors.account_inactive, CoreErrors.account_deleted)
  async exchange(
    @BodyInput() body: ExchangeMagicLinkBody,
    @CurrentUser() earlier: Principal | undefined,
    @Client() client: ClientInfo,
    @Res({ passthrough: true }) response: HttpResponse,
  ): Promise<TokenResponse | ChallengeResponse> {
    const context = { client, earlier, deviceName: body.device_name };
    return this.responder.answer(response, await this.links.exchange(body.code, context));
  }
}
