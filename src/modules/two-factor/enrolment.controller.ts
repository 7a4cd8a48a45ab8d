import { applyDecorators, Header, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { GeneralErrors } from '../../shared/errors/general.errors.js';
import type { ClientInfo } from '../../shared/http/client-info.js';
import {
  ApiProblems,
  AuthController,
  Authenticated,
  BodyInput,
  Client,
  CoreErrors,
  CurrentUser,
  PasswordErrors,
  type Principal,
  RateLimit,
} from '../core/index.js';
import {
  ConfirmBody,
  EnabledResponse,
  EnrolBody,
  EnrolSmsBody,
  TotpEnrolmentResponse,
} from './enrolment.dto.js';
import { OwnEnrolment } from './own-enrolment.js';
import { SentCodeResponse } from './two-factor.dto.js';
import { TwoFactorErrors } from './two-factor.errors.js';

const RECENTLY = 'With the password, or within ten minutes of proving who one is.';

/** What both steps of every enrolment have in common. */
const Step = (): MethodDecorator =>
  applyDecorators(
    HttpCode(200),
    // Secrets, and codes that are shown once.
    Header('Cache-Control', 'no-store'),
    RateLimit({ name: 'two_factor', limit: 60, windowMs: 60_000, by: 'address' }),
    ApiProblems(GeneralErrors.csrf, GeneralErrors.unsupported_media_type, CoreErrors.user_not_found),
  );

const Enrolling = (): MethodDecorator =>
  applyDecorators(
    Step(),
    ApiProblems(TwoFactorErrors.switched_off, TwoFactorErrors.method_not_offered),
    ApiProblems(CoreErrors.reauthentication_required, CoreErrors.invalid_credentials, CoreErrors.locked),
    ApiProblems(PasswordErrors.hashing_busy),
  );

const Confirming = (): MethodDecorator =>
  applyDecorators(
    Step(),
    ApiOkResponse({ type: EnabledResponse }),
    ApiProblems(TwoFactorErrors.invalid_code, CoreErrors.too_many_attempts, PasswordErrors.hashing_busy),
  );

/** Sets up second factors of one's own; each counts once a first code of it has been given. */
@AuthController('two-factor', 'Two-factor')
@Authenticated()
export class EnrolmentController {
  constructor(private readonly own: OwnEnrolment) {}

  @Post('totp/enrol')
  @Enrolling()
  @ApiOperation({
    operationId: 'two_factor_enrolTotp',
    summary: 'Set up an authenticator app',
    description: `${RECENTLY} An app that is set up already goes on until the new one is confirmed.`,
  })
  @ApiOkResponse({ type: TotpEnrolmentResponse })
  async enrolTotp(
    @CurrentUser() principal: Principal,
    @BodyInput() { password }: EnrolBody,
    @Client() client: ClientInfo,
  ): Promise<TotpEnrolmentResponse> {
    return TotpEnrolmentResponse.from(await this.own.beginTotp(principal, password, client));
  }

  @Post('totp/confirm')
  @Confirming()
  @ApiOperation({ operationId: 'two_factor_confirmTotp', summary: 'Confirm an authenticator app' })
  async confirmTotp(
    @CurrentUser() principal: Principal,
    @BodyInput() { code }: ConfirmBody,
    @Client() client: ClientInfo,
  ): Promise<EnabledResponse> {
    return EnabledResponse.from('totp', await this.own.confirm(principal, 'totp', code, client));
  }

  @Post('sms/enrol')
  @Enrolling()
  @ApiOperation({
    operationId: 'two_factor_enrolSms',
    summary: 'Set up codes by text message',
    description: RECENTLY,
  })
  @ApiOkResponse({ type: SentCodeResponse })
  @ApiProblems(CoreErrors.invalid_phone_number, CoreErrors.sender_unavailable)
  async enrolSms(
    @CurrentUser() principal: Principal,
    @BodyInput() { phone_number: phoneNumber, password }: EnrolSmsBody,
    @Client() client: ClientInfo,
  ): Promise<SentCodeResponse> {
    return SentCodeResponse.from(await this.own.beginSms(principal, phoneNumber, password, client));
  }

  @Post('sms/confirm')
  @Confirming()
  @ApiOperation({ operationId: 'two_factor_confirmSms', summary: 'Confirm codes by text message' })
  async confirmSms(
    @CurrentUser() principal: Principal,
    @BodyInput() { code }: ConfirmBody,
    @Client() client: ClientInfo,
  ): Promise<EnabledResponse> {
    return EnabledResponse.from('sms', await this.own.confirm(principal, 'sms', code, client));
  }

  @Post('email/enrol')
  @Enrolling()
  @ApiOperation({
    operationId: 'two_factor_enrolEmail',
    summary: 'Set up codes by email',
    description: `${RECENTLY} They go to the account’s address.`,
  })
  @ApiOkResponse({ type: SentCodeResponse })
  @ApiProblems(TwoFactorErrors.email_required, CoreErrors.sender_unavailable)
  async enrolEmail(
    @CurrentUser() principal: Principal,
    @BodyInput() { password }: EnrolBody,
    @Client() client: ClientInfo,
  ): Promise<SentCodeResponse> {
    return SentCodeResponse.from(await this.own.beginEmail(principal, password, client));
  }

  @Post('email/confirm')
  @Confirming()
  @ApiOperation({ operationId: 'two_factor_confirmEmail', summary: 'Confirm codes by email' })
  async confirmEmail(
    @CurrentUser() principal: Principal,
    @BodyInput() { code }: ConfirmBody,
    @Client() client: ClientInfo,
  ): Promise<EnabledResponse> {
    return EnabledResponse.from('email', await this.own.confirm(principal, 'email', code, client));
  }
}
