import { Delete, HttpCode, Post } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBearerAuth,
  ApiCookieAuth,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
} from '@nestjs/swagger';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import { BodyInput } from '../http/input.decorator.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { CoreErrors } from '../core.errors.js';
import type { Principal } from '../extension/principal.js';
import { ApiProblems } from '../http/api-problems.js';
import { AuthController } from '../http/auth-controller.decorator.js';
import { Authenticated, BEARER_SCHEME, COOKIE_SCHEME } from '../http/authenticated.decorator.js';
import { Client } from '../http/client.decorator.js';
import { CurrentUser } from '../http/current-user.decorator.js';
import { OptionalAuth } from '../http/public.decorator.js';
import { RateLimit } from '../http/rate-limit.decorator.js';
import { PasswordErrors } from '../password/password.errors.js';
import { UserResponse } from '../user/user.dto.js';
import { AcceptedResponse } from './accepted.dto.js';
import { AddressRemovalService } from './address-removal.service.js';
import { EmailChangeService } from './email-change.service.js';
import { PhoneChangeService } from './phone-change.service.js';
import {
  ChangeEmailBody,
  ChangePhoneBody,
  ConfirmEmailChangeBody,
  ConfirmPhoneChangeBody,
  EmailChangedResponse,
  RemoveAddressBody,
} from './verification.dto.js';

const ONCE_PROVEN =
  'With the password, or within ten minutes of signing in. The new one counts once it is proven; whether somebody else has it is not told before. Asked for again, it voids what was sent before.';

const WHILE_ANOTHER_REMAINS =
  'With the password, or within ten minutes of signing in. Refused where nothing else would sign in to the account: neither the other address nor, with a password, the username. A proven address does not go while the other one is not proven.';

/** `POST` and `DELETE me/email`, `POST me/email/confirm`. */
@AuthController('me/email', 'Account')
export class EmailChangeController {
  constructor(
    private readonly changes: EmailChangeService,
    private readonly removal: AddressRemovalService,
  ) {}

  @Post()
  @HttpCode(202)
  @Authenticated()
  @RateLimit({
    name: 'address_change',
    limit: 30,
    windowMs: 60_000,
    by: 'address',
  })
  @ApiOperation({
    operationId: 'core_changeEmail',
    summary: 'Change one’s email address',
    description: ONCE_PROVEN,
  })
  @ApiAcceptedResponse({ type: AcceptedResponse })
  @ApiProblems(CoreErrors.invalid_email, CoreErrors.email_unchanged)
  @ApiProblems(
    CoreErrors.reauthentication_required,
    CoreErrors.invalid_credentials,
    CoreErrors.locked,
    PasswordErrors.hashing_busy,
  )
  @ApiProblems(GeneralErrors.csrf, GeneralErrors.unsupported_media_type, CoreErrors.sender_unavailable)
  async request(
    @CurrentUser() principal: Principal,
    @BodyInput() body: ChangeEmailBody,
    @Client() client: ClientInfo,
  ): Promise<AcceptedResponse> {
    return AcceptedResponse.after(await this.changes.request(principal, body, client));
  }

  @Post('confirm')
  @HttpCode(200)
  @OptionalAuth()
  @ApiBearerAuth(BEARER_SCHEME)
  @ApiCookieAuth(COOKIE_SCHEME)
  @RateLimit({
    name: 'address_change_confirm',
    limit: 60,
    windowMs: 60_000,
    by: 'address',
  })
  @ApiOperation({
    operationId: 'core_confirmEmailChange',
    summary: 'Prove one’s new email address',
    description: 'By `token`, signed in or not; or by `code`, signed in.',
  })
  @ApiOkResponse({ type: EmailChangedResponse })
  @ApiProblems(
    CoreErrors.invalid_code,
    GeneralErrors.unauthenticated,
    CoreErrors.email_taken,
    CoreErrors.too_many_attempts,
  )
  @ApiProblems(
    CoreErrors.account_banned,
    CoreErrors.account_inactive,
    GeneralErrors.csrf,
    GeneralErrors.unsupported_media_type,
  )
  confirm(
    @CurrentUser() principal: Principal | undefined,
    @BodyInput() body: ConfirmEmailChangeBody,
    @Client() client: ClientInfo,
  ): Promise<EmailChangedResponse> {
    return this.changes.confirm(principal, body, client);
  }

  @Delete()
  @HttpCode(204)
  @Authenticated()
  @RateLimit({
    name: 'address_change',
    limit: 30,
    windowMs: 60_000,
    by: 'address',
  })
  @ApiOperation({
    operationId: 'core_removeEmail',
    summary: 'Remove one’s email address',
    description: WHILE_ANOTHER_REMAINS,
  })
  @ApiNoContentResponse()
  @ApiProblems(GeneralErrors.not_found, CoreErrors.last_sign_in_method)
  @ApiProblems(
    CoreErrors.reauthentication_required,
    CoreErrors.invalid_credentials,
    CoreErrors.locked,
    PasswordErrors.hashing_busy,
  )
  @ApiProblems(GeneralErrors.csrf, GeneralErrors.unsupported_media_type)
  remove(
    @CurrentUser() principal: Principal,
    @BodyInput({ required: false }) body: RemoveAddressBody,
    @Client() client: ClientInfo,
  ): Promise<void> {
    return this.removal.remove(principal, 'email', body.password, client);
  }
}

/** `POST` and `DELETE me/phone`, `POST me/phone/confirm`. */
@AuthController('me/phone', 'Account')
@Authenticated()
export class PhoneChangeController {
  constructor(
    private readonly changes: PhoneChangeService,
    private readonly removal: AddressRemovalService,
  ) {}

  @Post()
  @HttpCode(202)
  @RateLimit({
    name: 'address_change',
    limit: 30,
    windowMs: 60_000,
    by: 'address',
  })
  @ApiOperation({
    operationId: 'core_changePhone',
    summary: 'Change one’s phone number',
    description: ONCE_PROVEN,
  })
  @ApiAcceptedResponse({ type: AcceptedResponse })
  @ApiProblems(CoreErrors.invalid_phone_number, CoreErrors.phone_number_unchanged)
  @ApiProblems(
    CoreErrors.reauthentication_required,
    CoreErrors.invalid_credentials,
    CoreErrors.locked,
    PasswordErrors.hashing_busy,
  )
  @ApiProblems(GeneralErrors.csrf, GeneralErrors.unsupported_media_type, CoreErrors.sender_unavailable)
  async request(
    @CurrentUser() principal: Principal,
    @BodyInput() body: ChangePhoneBody,
    @Client() client: ClientInfo,
  ): Promise<AcceptedResponse> {
    return AcceptedResponse.after(
      await this.changes.request(
        principal,
        { phoneNumber: body.phone_number, password: body.password },
        client,
      ),
    );
  }

  @Post('confirm')
  @HttpCode(200)
  @RateLimit({
    name: 'address_change_confirm',
    limit: 60,
    windowMs: 60_000,
    by: 'address',
  })
  @ApiOperation({
    operationId: 'core_confirmPhoneChange',
    summary: 'Prove one’s new phone number',
  })
  @ApiOkResponse({ type: UserResponse })
  @ApiProblems(CoreErrors.invalid_code, CoreErrors.phone_number_taken, CoreErrors.too_many_attempts)
  @ApiProblems(GeneralErrors.csrf, GeneralErrors.unsupported_media_type)
  async confirm(
    @CurrentUser() principal: Principal,
    @BodyInput() body: ConfirmPhoneChangeBody,
    @Client() client: ClientInfo,
  ): Promise<UserResponse> {
    return UserResponse.from(await this.changes.confirm(principal, body.code, client));
  }

  @Delete()
  @HttpCode(204)
  @RateLimit({
    name: 'address_change',
    limit: 30,
    windowMs: 60_000,
    by: 'address',
  })
  @ApiOperation({
    operationId: 'core_removePhone',
    summary: 'Remove one’s phone number',
    description: WHILE_ANOTHER_REMAINS,
  })
  @ApiNoContentResponse()
  @ApiProblems(GeneralErrors.not_found, CoreErrors.last_sign_in_method)
  @ApiProblems(
    CoreErrors.reauthentication_required,
    CoreErrors.invalid_credentials,
    CoreErrors.locked,
    PasswordErrors.hashing_busy,
  )
  @ApiProblems(GeneralErrors.csrf, GeneralErrors.unsupported_media_type)
  remove(
    @CurrentUser() principal: Principal,
    @BodyInput({ required: false }) body: RemoveAddressBody,
    @Client() client: ClientInfo,
  ): Promise<void> {
    return this.removal.remove(principal, 'phone_number', body.password, client);
  }
}
