import { HttpCode, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import { BodyInput } from '../http/input.decorator.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { CoreErrors } from '../core.errors.js';
import { ApiProblems } from '../http/api-problems.js';
import { AuthController } from '../http/auth-controller.decorator.js';
import { Client } from '../http/client.decorator.js';
import { Public } from '../http/public.decorator.js';
import { RateLimit } from '../http/rate-limit.decorator.js';
import { PasswordErrors } from '../password/password.errors.js';
import { AcceptedResponse } from './accepted.dto.js';
import { AddressVerificationService } from './address-verification.service.js';
import {
  AddressConfirmationResponse,
  ConfirmEmailBody,
  ConfirmPhoneBody,
  RequestEmailVerificationBody,
  RequestPhoneVerificationBody,
} from './verification.dto.js';

const ALIKE =
  'Answers alike whether the address is known or not. Asked for again, it voids what was sent before.';

/** Proof of email addresses, of accounts and of sign-ups. */
@AuthController('email/verify', 'Verification')
@Public()
export class EmailVerificationController {
  constructor(private readonly verification: AddressVerificationService) {}

  @Post('request')
  @HttpCode(202)
  @RateLimit({
    name: 'email_verify_request',
    limit: 60,
    windowMs: 60_000,
    by: 'address',
  })
  @ApiOperation({
    operationId: 'core_requestEmailVerification',
    summary: 'Have the link and code that prove an email address sent',
    description: ALIKE,
    security: [],
  })
  @ApiAcceptedResponse({ type: AcceptedResponse })
  @ApiProblems(
    CoreErrors.invalid_email,
    GeneralErrors.csrf,
    GeneralErrors.unsupported_media_type,
    CoreErrors.sender_unavailable,
  )
  async request(@BodyInput() body: RequestEmailVerificationBody): Promise<AcceptedResponse> {
    return AcceptedResponse.after(
      await this.verification.requestEmail(body.email, {
        registrationId: body.registration_id,
      }),
    );
  }

  @Post('confirm')
  @HttpCode(200)
  @RateLimit({
    name: 'email_verify_confirm',
    limit: 60,
    windowMs: 60_000,
    by: 'address',
  })
  @ApiOperation({
    operationId: 'core_confirmEmailVerification',
    summary: 'Prove an email address, or confirm a sign-up by it',
    description:
      'For an account: `token`, or `email` and `code`. For a sign-up: `token` and `password`, or `registration_id`, `code` and `password`; it becomes an account then.',
    security: [],
  })
  @ApiOkResponse({ type: AddressConfirmationResponse })
  @ApiProblems(
    CoreErrors.invalid_code,
    CoreErrors.invalid_email,
    CoreErrors.invalid_username,
    CoreErrors.username_reserved,
  )
  @ApiProblems(CoreErrors.invalid_credentials, CoreErrors.email_taken, CoreErrors.username_taken)
  @ApiProblems(
    CoreErrors.too_many_attempts,
    PasswordErrors.hashing_busy,
    GeneralErrors.csrf,
    GeneralErrors.unsupported_media_type,
  )
  async confirm(
    @BodyInput() body: ConfirmEmailBody,
    @Client() client: ClientInfo,
  ): Promise<AddressConfirmationResponse> {
    return AddressConfirmationResponse.from(
      await this.verification.confirmEmail(ConfirmEmailBody.proofOf(body), client),
    );
  }
}

/** Proof of phone numbers, of accounts and of sign-ups. */
@AuthController('phone/verify', 'Verification')
@Public()
export class PhoneVerificationController {
  constructor(private readonly verification: AddressVerificationService) {}

  @Post('request')
  @HttpCode(202)
  @RateLimit({
    name: 'phone_verify_request',
    limit: 60,
    windowMs: 60_000,
    by: 'address',
  })
  @ApiOperation({
    operationId: 'core_requestPhoneVerification',
    summary: 'Have the code that proves a phone number sent',
    description: ALIKE,
    security: [],
  })
  @ApiAcceptedResponse({ type: AcceptedResponse })
  @ApiProblems(
    CoreErrors.invalid_phone_number,
    GeneralErrors.csrf,
    GeneralErrors.unsupported_media_type,
    CoreErrors.sender_unavailable,
  )
  async request(@BodyInput() body: RequestPhoneVerificationBody): Promise<AcceptedResponse> {
    return AcceptedResponse.after(
      await this.verification.requestPhone(body.phone_number, {
        registrationId: body.registration_id,
      }),
    );
  }

  @Post('confirm')
  @HttpCode(200)
  @RateLimit({
    name: 'phone_verify_confirm',
    limit: 60,
    windowMs: 60_000,
    by: 'address',
  })
  @ApiOperation({
    operationId: 'core_confirmPhoneVerification',
    summary: 'Prove a phone number, or confirm a sign-up by it',
    description:
      'For an account: `phone_number` and `code`. For a sign-up: `registration_id`, `code` and `password`; it becomes an account then.',
    security: [],
  })
  @ApiOkResponse({ type: AddressConfirmationResponse })
  @ApiProblems(
    CoreErrors.invalid_code,
    CoreErrors.invalid_phone_number,
    CoreErrors.invalid_username,
    CoreErrors.username_reserved,
  )
  @ApiProblems(CoreErrors.invalid_credentials, CoreErrors.phone_number_taken, CoreErrors.username_taken)
  @ApiProblems(
    CoreErrors.too_many_attempts,
    PasswordErrors.hashing_busy,
    GeneralErrors.csrf,
    GeneralErrors.unsupported_media_type,
  )
  async confirm(
    @BodyInput() body: ConfirmPhoneBody,
    @Client() client: ClientInfo,
  ): Promise<AddressConfirmationResponse> {
    return AddressConfirmationResponse.from(
      await this.verification.confirmPhone(ConfirmPhoneBody.proofOf(body), client),
    );
  }
}
