import { applyDecorators, Header, HttpCode, Post, Res, type Type } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, getSchemaPath } from '@nestjs/swagger';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import type { HttpResponse } from '../../../shared/http/response.js';
import {
  ApiProblems,
  AuthController,
  BodyInput,
  ChallengeResponse,
  Client,
  CoreErrors,
  CurrentUser,
  OptionalAuth,
  PasswordErrors,
  type Principal,
  Public,
  RateLimit,
} from '../../core/index.js';
import { TotpEnrolmentResponse } from '../enrolment.dto.js';
import { SentCodeResponse } from '../two-factor.dto.js';
import { TwoFactorErrors } from '../two-factor.errors.js';
import { ChallengeEnrolmentService } from './challenge-enrolment.service.js';
import {
  ChallengeBody,
  ConfirmChallengeBody,
  deviceTrustOf,
  EnrolledChallengeResponse,
  EnrolledTokenResponse,
  SendChallengeBody,
  TwoFactorTokenResponse,
  VerifyChallengeBody,
} from './challenge.dto.js';
import { ChallengeResponder } from './challenge.responder.js';
import { ChallengeService } from './challenge.service.js';

/** What a completed sign-in can still be refused with. */
const Completes = (tokens: Type, challenge: Type): MethodDecorator =>
  applyDecorators(
    ApiExtraModels(tokens, challenge),
    ApiOkResponse({
      description: 'Tokens, or another challenge.',
      schema: { oneOf: [{ $ref: getSchemaPath(tokens) }, { $ref: getSchemaPath(challenge) }] },
    }),
    ApiProblems(TwoFactorErrors.invalid_code, CoreErrors.too_many_attempts, PasswordErrors.hashing_busy),
    ApiProblems(CoreErrors.account_banned, CoreErrors.account_inactive, CoreErrors.account_deleted),
    ApiProblems(CoreErrors.email_not_verified, CoreErrors.phone_not_verified, CoreErrors.invalid_credentials),
  );

/** Completes sign-ins. The challenge token is all that is needed here, and opens nothing else. */
@AuthController('two-factor/challenge', 'Two-factor')
@Public()
@RateLimit({ name: 'two_factor_challenge', limit: 60, windowMs: 60_000, by: 'address' })
@ApiProblems(CoreErrors.challenge_invalid, GeneralErrors.csrf, GeneralErrors.unsupported_media_type)
export class ChallengeController {
  constructor(
    private readonly challenges: ChallengeService,
    private readonly enrolment: ChallengeEnrolmentService,
    private readonly responder: ChallengeResponder,
  ) {}

  @Post('send')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'two_factor_sendChallengeCode',
    summary: 'Have the code of a sign-in sent',
    description: 'By `sms` or `email`. One a minute; a new one voids the older.',
    security: [],
  })
  @ApiOkResponse({ type: SentCodeResponse })
  @ApiProblems(TwoFactorErrors.method_not_available, CoreErrors.sender_unavailable)
  async send(
    @BodyInput() { challenge_token: token, method }: SendChallengeBody,
    @Client() client: ClientInfo,
  ): Promise<SentCodeResponse> {
    return SentCodeResponse.from(await this.challenges.send(token, method, client));
  }

  @Post('verify')
  @OptionalAuth()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'two_factor_verifyChallenge',
    summary: 'Complete a sign-in by a second factor',
    description:
      'A wrong code leaves the challenge open; there are five guesses an hour, over all methods. A session that the request belongs to ends.',
    security: [],
  })
  @Completes(TwoFactorTokenResponse, ChallengeResponse)
  @ApiProblems(TwoFactorErrors.method_not_available)
  async verify(
    @BodyInput() body: VerifyChallengeBody,
    @CurrentUser() earlier: Principal | undefined,
    @Client() client: ClientInfo,
    @Res({ passthrough: true }) response: HttpResponse,
  ): Promise<TwoFactorTokenResponse | ChallengeResponse> {
    const { challenge_token: token, method, code } = body;
    const completion = await this.challenges.verify(token, { method, code }, deviceTrustOf(body), client);
    return this.responder.answer(response, completion, { earlier, client });
  }

  @Post('totp/enrol')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @ApiOperation({
    operationId: 'two_factor_enrolTotpInChallenge',
    summary: 'Set up an authenticator app on the way in',
    description: 'For challenges with `enrol` alone: the user has to have a second factor, and has none yet.',
    security: [],
  })
  @ApiOkResponse({ type: TotpEnrolmentResponse })
  @ApiProblems(TwoFactorErrors.enrolment_not_open)
  async enrol(
    @BodyInput() { challenge_token: token }: ChallengeBody,
    @Client() client: ClientInfo,
  ): Promise<TotpEnrolmentResponse> {
    return TotpEnrolmentResponse.from(await this.enrolment.begin(token, client));
  }

  @Post('totp/confirm')
  @OptionalAuth()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'two_factor_confirmTotpInChallenge',
    summary: 'Confirm the app, and complete the sign-in',
    description: 'A session that the request belongs to ends.',
    security: [],
  })
  @Completes(EnrolledTokenResponse, EnrolledChallengeResponse)
  @ApiProblems(TwoFactorErrors.enrolment_not_open)
  async confirm(
    @BodyInput() body: ConfirmChallengeBody,
    @CurrentUser() earlier: Principal | undefined,
    @Client() client: ClientInfo,
    @Res({ passthrough: true }) response: HttpResponse,
  ): Promise<EnrolledTokenResponse | EnrolledChallengeResponse> {
    const { challenge_token: token, code } = body;
    const completion = await this.enrolment.confirm(token, code, deviceTrustOf(body), client);
    return this.responder.answerEnrolled(response, completion, { earlier, client });
  }
}
