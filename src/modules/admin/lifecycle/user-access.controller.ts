import { Delete, Param, Post } from '@nestjs/common';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import {
  ApiProblems,
  AuthController,
  BodyInput,
  Client,
  CoreErrors,
  CurrentUser,
  type Principal,
} from '../../core/index.js';
import { ActsOnUser } from '../access/acts-on-user.decorator.js';
import { AdminErrors } from '../admin.errors.js';
import { ADMIN_PERMISSIONS } from '../admin.permissions.js';
import { AdminUserResponse, BanRequest, VerifyAddressRequest } from '../users/admin-user.dto.js';
import { instantOf } from '../users/instant.js';
import { UserAccess } from './user-access.js';

/** Whether somebody may use their account. */
@AuthController('admin/users/:id', 'Administration')
@ApiProblems(CoreErrors.user_not_found, AdminErrors.super_admin_protected, AdminErrors.above_ceiling)
@ApiProblems(GeneralErrors.csrf)
export class UserAccessController {
  constructor(private readonly access: UserAccess) {}

  @Post('ban')
  @ActsOnUser(ADMIN_PERMISSIONS.ban, {
    operationId: 'admin_banUser',
    summary: 'Ban a user',
    description: 'Ends every session. A second ban replaces the first.',
  })
  @ApiProblems(AdminErrors.own_account, CoreErrors.last_super_admin, GeneralErrors.unsupported_media_type)
  async ban(
    @Param('id') id: string,
    @CurrentUser() principal: Principal,
    @BodyInput({ required: false }) { reason, until }: BanRequest,
    @Client() client: ClientInfo,
  ): Promise<AdminUserResponse> {
    const wish = { reason, until: instantOf('until', until) };
    return AdminUserResponse.of(await this.access.ban(principal, id, wish, client));
  }

  @Post('unban')
  @ActsOnUser(ADMIN_PERMISSIONS.ban, { operationId: 'admin_unbanUser', summary: 'Lift a ban' })
  async unban(
    @Param('id') id: string,
    @CurrentUser() principal: Principal,
    @Client() client: ClientInfo,
  ): Promise<AdminUserResponse> {
    return AdminUserResponse.of(await this.access.unban(principal, id, client));
  }

  @Post('activate')
  @ActsOnUser(ADMIN_PERMISSIONS.ban, { operationId: 'admin_activateUser', summary: 'Switch an account on' })
  async activate(
    @Param('id') id: string,
    @CurrentUser() principal: Principal,
    @Client() client: ClientInfo,
  ): Promise<AdminUserResponse> {
    return AdminUserResponse.of(await this.access.setActive(principal, id, true, client));
  }

  @Post('deactivate')
  @ActsOnUser(ADMIN_PERMISSIONS.ban, {
    operationId: 'admin_deactivateUser',
    summary: 'Switch an account off',
    description: 'Ends every session.',
  })
  @ApiProblems(AdminErrors.own_account, CoreErrors.last_super_admin)
  async deactivate(
    @Param('id') id: string,
    @CurrentUser() principal: Principal,
    @Client() client: ClientInfo,
  ): Promise<AdminUserResponse> {
    return AdminUserResponse.of(await this.access.setActive(principal, id, false, client));
  }

  @Post('unlock')
  @ActsOnUser(ADMIN_PERMISSIONS.update, {
    operationId: 'admin_unlockUser',
    summary: 'Lift the lock that failed sign-ins have set',
  })
  async unlock(
    @Param('id') id: string,
    @CurrentUser() principal: Principal,
    @Client() client: ClientInfo,
  ): Promise<AdminUserResponse> {
    return AdminUserResponse.of(await this.access.unlock(principal, id, client));
  }

  @Post('email/verify')
  @ActsOnUser(ADMIN_PERMISSIONS.update, {
    operationId: 'admin_verifyEmail',
    summary: 'Vouch for the email address',
  })
  @ApiProblems(CoreErrors.last_super_admin, GeneralErrors.unsupported_media_type)
  async verifyEmail(
    @Param('id') id: string,
    @CurrentUser() principal: Principal,
    @BodyInput({ required: false }) { verified = true }: VerifyAddressRequest,
    @Client() client: ClientInfo,
  ): Promise<AdminUserResponse> {
    return AdminUserResponse.of(
      await this.access.setVerified(principal, id, { field: 'email', verified }, client),
    );
  }

  @Post('phone/verify')
  @ActsOnUser(ADMIN_PERMISSIONS.update, {
    operationId: 'admin_verifyPhone',
    summary: 'Vouch for the phone number',
  })
  @ApiProblems(CoreErrors.last_super_admin, GeneralErrors.unsupported_media_type)
  async verifyPhone(
    @Param('id') id: string,
    @CurrentUser() principal: Principal,
    @BodyInput({ required: false }) { verified = true }: VerifyAddressRequest,
    @Client() client: ClientInfo,
  ): Promise<AdminUserResponse> {
    return AdminUserResponse.of(
      await this.access.setVerified(principal, id, { field: 'phone_number', verified }, client),
    );
  }

  @Post('super-admin')
  @ActsOnUser('super-admin', {
    operationId: 'admin_grantSuperAdmin',
    summary: 'Make a super admin',
    description: 'The account has to sign in again.',
  })
  async grantSuperAdmin(
    @Param('id') id: string,
    @CurrentUser() principal: Principal,
    @Client() client: ClientInfo,
  ): Promise<AdminUserResponse> {
    return AdminUserResponse.of(await this.access.setSuperAdmin(principal, id, true, client));
  }

  @Delete('super-admin')
  @ActsOnUser('super-admin', {
    operationId: 'admin_revokeSuperAdmin',
    summary: 'Make a super admin an ordinary user',
    description: 'The account has to sign in again. One super admin always stays.',
  })
  @ApiProblems(CoreErrors.last_super_admin)
  async revokeSuperAdmin(
    @Param('id') id: string,
    @CurrentUser() principal: Principal,
    @Client() client: ClientInfo,
  ): Promise<AdminUserResponse> {
    return AdminUserResponse.of(await this.access.setSuperAdmin(principal, id, false, client));
  }
}
