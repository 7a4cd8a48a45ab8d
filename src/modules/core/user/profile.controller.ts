import { Delete, Get, HttpCode, Patch, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import { BodyInput } from '../http/input.decorator.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import type { HttpResponse } from '../../../shared/http/response.js';
import { CoreErrors } from '../core.errors.js';
import type { Principal } from '../extension/principal.js';
import { ApiModuleProblems, ApiProblems } from '../http/api-problems.js';
import { AuthController } from '../http/auth-controller.decorator.js';
import { Authenticated } from '../http/authenticated.decorator.js';
import { Client } from '../http/client.decorator.js';
import { CurrentUser } from '../http/current-user.decorator.js';
import { SignInResponder } from '../http/sign-in-responder.js';
import { PasswordErrors } from '../password/password.errors.js';
import { AccountDeletionService } from './account-deletion.service.js';
import { ProfileService } from './profile.service.js';
import { DeleteAccountRequest, UpdateProfileRequest, UserResponse } from './user.dto.js';

/** One's own account. */
@AuthController('me', 'Account')
@Authenticated()
export class ProfileController {
  constructor(
    private readonly profiles: ProfileService,
    private readonly deletion: AccountDeletionService,
    private readonly responder: SignInResponder,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'core_getMe', summary: 'Show one’s account' })
  @ApiOkResponse({ type: UserResponse })
  get(@CurrentUser() principal: Principal): Promise<UserResponse> {
    return this.profiles.show(principal);
  }

  @Patch()
  @Authenticated({ whileImpersonated: true })
  @ApiOperation({
    operationId: 'core_updateMe',
    summary: 'Change one’s profile',
    description:
      'What is left out stays; `null` clears. Email address, phone number and password have routes of their own.',
  })
  @ApiOkResponse({ type: UserResponse })
  @ApiProblems(CoreErrors.invalid_username, CoreErrors.username_reserved, CoreErrors.username_taken)
  @ApiProblems(GeneralErrors.csrf, GeneralErrors.unsupported_media_type)
  update(
    @CurrentUser() principal: Principal,
    @BodyInput() body: UpdateProfileRequest,
    @Client() client: ClientInfo,
  ): Promise<UserResponse> {
    return this.profiles.update(principal, body, client);
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({
    operationId: 'core_deleteMe',
    summary: 'Delete one’s account',
    description:
      'With the password, or within ten minutes of signing in. Ends every session; the identifiers become free.',
  })
  @ApiNoContentResponse()
  @ApiModuleProblems(409, 'A mounted module refuses; its code says why, such as `organization.last_owner`.')
  @ApiProblems(
    CoreErrors.reauthentication_required,
    CoreErrors.invalid_credentials,
    CoreErrors.locked,
    PasswordErrors.hashing_busy,
  )
  @ApiProblems(GeneralErrors.csrf, GeneralErrors.unsupported_media_type)
  async delete(
    @CurrentUser() principal: Principal,
    @BodyInput() body: DeleteAccountRequest,
    @Client() client: ClientInfo,
    @Res({ passthrough: true }) response: HttpResponse,
  ): Promise<void> {
    await this.deletion.deleteOwn(principal, body.password, client);
    this.responder.clear(response);
  }
}
