import { HttpCode, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiNoContentResponse, ApiOperation } from '@nestjs/swagger';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import { BodyInput } from '../http/input.decorator.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { CoreErrors } from '../core.errors.js';
import type { Principal } from '../extension/principal.js';
import { ApiProblems } from '../http/api-problems.js';
import { AuthController } from '../http/auth-controller.decorator.js';
import { Authenticated } from '../http/authenticated.decorator.js';
import { Client } from '../http/client.decorator.js';
import { CurrentUser } from '../http/current-user.decorator.js';
import { Public } from '../http/public.decorator.js';
import { RateLimit } from '../http/rate-limit.decorator.js';
import { AcceptedResponse } from '../verification/accepted.dto.js';
import { ApiPasswordProblems } from './password-problems.js';
import { PasswordResetService } from './password-reset.service.js';
import { ChangePasswordBody, ForgotPasswordBody, ResetPasswordBody } from './password.dto.js';
import { PasswordService } from './password.service.js';

/** `POST me/password`. */
@AuthController('me/password', 'Password')
@Authenticated()
export class PasswordController {
  constructor(private readonly passwords: PasswordService) {}

  @Post()
  @HttpCode(204)
  @RateLimit({ name: 'password', limit: 60, windowMs: 60_000, by: 'address' })
  @ApiOperation({
    operationId: 'core_changePassword',
    summary: 'Change one’s password',
    description:
      'A first password needs a sign-in younger than ten minutes. This session goes on, all others end.',
  })
  @ApiNoContentResponse()
  @ApiPasswordProblems()
  @ApiProblems(CoreErrors.current_password_required, CoreErrors.invalid_credentials, CoreErrors.locked)
  @ApiProblems(CoreErrors.reauthentication_required, GeneralErrors.csrf, GeneralErrors.unsupported_media_type)
  change(
    @CurrentUser() principal: Principal,
    @BodyInput() body: ChangePasswordBody,
    @Client() client: ClientInfo,
  ): Promise<void> {
    return this.passwords.change(principal, ChangePasswordBody.requestOf(body), client);
  }
}

/** Forgotten passwords. */
@AuthController('password', 'Password')
@Public()
export class PasswordResetController {
  constructor(private readonly resets: PasswordResetService) {}

  @Post('forgot')
  @HttpCode(202)
  @RateLimit({
    name: 'password_forgot',
    limit: 60,
    windowMs: 60_000,
    by: 'address',
  })
  @ApiOperation({
    operationId: 'core_forgotPassword',
    summary: 'Ask for a new password',
    description:
      'An email brings a link and a code, a text message a code. Answers alike whether there is an account or not.',
    security: [],
  })
  @ApiAcceptedResponse({ type: AcceptedResponse })
  @ApiProblems(CoreErrors.identifier_required, CoreErrors.invalid_email, CoreErrors.invalid_phone_number)
  @ApiProblems(GeneralErrors.csrf, GeneralErrors.unsupported_media_type, CoreErrors.sender_unavailable)
  async forgot(@BodyInput() body: ForgotPasswordBody): Promise<AcceptedResponse> {
    return AcceptedResponse.after(
      await this.resets.request(
        { email: body.email, phoneNumber: body.phone_number },
        { withLink: body.with_link },
      ),
    );
  }

  @Post('reset')
  @HttpCode(204)
  @RateLimit({
    name: 'password_reset',
    limit: 60,
    windowMs: 60_000,
    by: 'address',
  })
  @ApiOperation({
    operationId: 'core_resetPassword',
    summary: 'Replace a forgotten password',
    description:
      'With `token`; or `email` and `code`; or `phone_number` and `code`. Ends every session, and signs nobody in.',
    security: [],
  })
  @ApiNoContentResponse()
  @ApiPasswordProblems()
  @ApiProblems(
    CoreErrors.invalid_code,
    CoreErrors.invalid_email,
    CoreErrors.invalid_phone_number,
    CoreErrors.identifier_required,
  )
  @ApiProblems(CoreErrors.too_many_attempts, CoreErrors.account_banned, CoreErrors.account_inactive)
  @ApiProblems(GeneralErrors.csrf, GeneralErrors.unsupported_media_type)
  reset(@BodyInput() body: ResetPasswordBody, @Client() client: ClientInfo): Promise<void> {
    return this.resets.reset(ResetPasswordBody.proofOf(body), body.password, client);
  }
}
