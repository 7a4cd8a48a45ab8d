import { HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam } from '@nestjs/swagger';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import {
  ApiProblems,
  AuthController,
  BodyInput,
  Client,
  CoreErrors,
  CurrentUser,
  PasswordErrors,
  type Principal,
} from '../../core/index.js';
import { AdminAccess } from '../access/admin-access.decorator.js';
import { AdminErrors } from '../admin.errors.js';
import { ADMIN_PERMISSIONS } from '../admin.permissions.js';
import { AdminUserResponse, SetPasswordRequest, USER_ID_PARAM } from '../users/admin-user.dto.js';
import { UserPasswords } from './user-passwords.js';

/** Passwords of others. */
@AuthController('admin/users/:id/password', 'Administration')
@ApiProblems(CoreErrors.user_not_found, AdminErrors.super_admin_protected, AdminErrors.above_ceiling)
@ApiProblems(GeneralErrors.csrf)
export class UserPasswordsController {
  constructor(private readonly passwords: UserPasswords) {}

  @Post()
  @HttpCode(200)
  @AdminAccess(ADMIN_PERMISSIONS.setPassword)
  @ApiOperation({
    operationId: 'admin_setPassword',
    summary: 'Set a password',
    description: 'By the policy of every password. Ends every session; the user is told.',
  })
  @ApiParam(USER_ID_PARAM)
  @ApiOkResponse({ type: AdminUserResponse })
  @ApiProblems(GeneralErrors.unsupported_media_type, PasswordErrors.hashing_busy)
  async set(
    @Param('id') id: string,
    @CurrentUser() principal: Principal,
    @BodyInput() { password }: SetPasswordRequest,
    @Client() client: ClientInfo,
  ): Promise<AdminUserResponse> {
    return AdminUserResponse.of(await this.passwords.set(principal, id, password, client));
  }

  @Post('reset')
  @HttpCode(200)
  @AdminAccess(ADMIN_PERMISSIONS.setPassword)
  @ApiOperation({
    operationId: 'admin_forcePasswordReset',
    summary: 'Make a user choose another password',
    description: 'Voids the password and ends every session; the user is sent a link to choose another one.',
  })
  @ApiParam(USER_ID_PARAM)
  @ApiOkResponse({ type: AdminUserResponse })
  @ApiProblems(AdminErrors.not_reachable)
  async forceReset(
    @Param('id') id: string,
    @CurrentUser() principal: Principal,
    @Client() client: ClientInfo,
  ): Promise<AdminUserResponse> {
    return AdminUserResponse.of(await this.passwords.forceReset(principal, id, client));
  }
}
