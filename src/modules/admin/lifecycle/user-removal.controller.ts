import { Delete, HttpCode, Param, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam } from '@nestjs/swagger';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import {
  ApiModuleProblems,
  ApiProblems,
  AuthController,
  BodyInput,
  Client,
  CoreErrors,
  CurrentUser,
  type Principal,
} from '../../core/index.js';
import { AdminAccess } from '../access/admin-access.decorator.js';
import { AdminErrors } from '../admin.errors.js';
import { ADMIN_PERMISSIONS } from '../admin.permissions.js';
import { AdminUserResponse, USER_ID_PARAM } from '../users/admin-user.dto.js';
import { instantOf } from '../users/instant.js';
import { PurgeRequest, PurgeResponse } from './user-removal.dto.js';
import { UserRemoval } from './user-removal.js';

const REFUSED =
  'The account cannot go; the code says why: `admin.own_account`, `core.last_super_admin`, `organization.last_owner` …';

/** Accounts that go, and come back. */
@AuthController('admin/users', 'Administration')
@ApiProblems(GeneralErrors.csrf)
export class UserRemovalController {
  constructor(private readonly removal: UserRemoval) {}

  @Post('purge')
  @HttpCode(200)
  @AdminAccess('super-admin')
  @ApiOperation({
    operationId: 'admin_purgeUsers',
    summary: 'Erase accounts that were deleted before a date',
    description: 'For good, a hundred a call, the longest gone first.',
  })
  @ApiOkResponse({ type: PurgeResponse })
  @ApiProblems(GeneralErrors.unsupported_media_type)
  async purge(
    @CurrentUser() principal: Principal,
    @BodyInput() body: PurgeRequest,
    @Client() client: ClientInfo,
  ): Promise<PurgeResponse> {
    const cutoff = instantOf('deleted_before', body.deleted_before);
    return PurgeResponse.from(await this.removal.purge(principal, cutoff, client));
  }

  @Delete(':id')
  @AdminAccess(ADMIN_PERMISSIONS.delete)
  @ApiOperation({
    operationId: 'admin_deleteUser',
    summary: 'Delete an account',
    description: 'Softly: it can be restored. Ends every session; the identifiers become free.',
  })
  @ApiParam(USER_ID_PARAM)
  @ApiOkResponse({ type: AdminUserResponse })
  @ApiProblems(CoreErrors.user_not_found, AdminErrors.super_admin_protected, AdminErrors.above_ceiling)
  @ApiModuleProblems(409, REFUSED)
  async delete(
    @Param('id') id: string,
    @CurrentUser() principal: Principal,
    @Client() client: ClientInfo,
  ): Promise<AdminUserResponse> {
    return AdminUserResponse.of(await this.removal.delete(principal, id, client));
  }

  @Post(':id/restore')
  @HttpCode(200)
  @AdminAccess(ADMIN_PERMISSIONS.delete)
  @ApiOperation({
    operationId: 'admin_restoreUser',
    summary: 'Bring a deleted account back',
    description: 'Unless one of its identifiers has a new owner.',
  })
  @ApiParam(USER_ID_PARAM)
  @ApiOkResponse({ type: AdminUserResponse })
  @ApiProblems(CoreErrors.user_not_found, AdminErrors.super_admin_protected, AdminErrors.above_ceiling)
  @ApiProblems(CoreErrors.email_taken, CoreErrors.username_taken, CoreErrors.phone_number_taken)
  async restore(
    @Param('id') id: string,
    @CurrentUser() principal: Principal,
    @Client() client: ClientInfo,
  ): Promise<AdminUserResponse> {
    return AdminUserResponse.of(await this.removal.restore(principal, id, client));
  }

  @Post(':id/erase')
  @HttpCode(204)
  @AdminAccess('super-admin')
  @ApiOperation({
    operationId: 'admin_eraseUser',
    summary: 'Erase an account for good',
    description: 'Deleted before or not, with all that hangs on it. There is no way back.',
  })
  @ApiParam(USER_ID_PARAM)
  @ApiNoContentResponse()
  @ApiProblems(CoreErrors.user_not_found)
  @ApiModuleProblems(409, REFUSED)
  erase(
    @Param('id') id: string,
    @CurrentUser() principal: Principal,
    @Client() client: ClientInfo,
  ): Promise<void> {
    return this.removal.erase(principal, id, client);
  }
}
