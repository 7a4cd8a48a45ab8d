import { Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
} from '@nestjs/swagger';
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
import { RbacErrors } from '../../rbac/index.js';
import { AdminAccess } from '../access/admin-access.decorator.js';
import { AdminErrors } from '../admin.errors.js';
import { ADMIN_PERMISSIONS } from '../admin.permissions.js';
import { USER_ID_PARAM } from '../users/admin-user.dto.js';
import { GrantRoleRequest, UserRolesResponse } from './user-roles.dto.js';
import { UserRoles } from './user-roles.js';

/** Roles of others on the platform; with the module `rbac`. */
@AuthController('admin/users/:id/roles', 'Administration')
@ApiProblems(CoreErrors.user_not_found, AdminErrors.module_not_mounted)
export class UserRolesController {
  constructor(private readonly roles: UserRoles) {}

  @Get()
  @AdminAccess(ADMIN_PERMISSIONS.readRoles)
  @ApiOperation({ operationId: 'admin_listUserRoles', summary: 'Show what a user may do on the platform' })
  @ApiParam(USER_ID_PARAM)
  @ApiOkResponse({ type: UserRolesResponse })
  async list(@Param('id') id: string): Promise<UserRolesResponse> {
    return UserRolesResponse.from(await this.roles.of(id));
  }

  @Post()
  @AdminAccess(ADMIN_PERMISSIONS.assignRoles)
  @ApiOperation({
    operationId: 'admin_grantRole',
    summary: 'Give a role to a user',
    description: 'One that holds no permission beyond one’s own. Counts at once.',
  })
  @ApiParam(USER_ID_PARAM)
  @ApiCreatedResponse({ type: UserRolesResponse })
  @ApiProblems(RbacErrors.role_not_found, RbacErrors.above_ceiling)
  @ApiProblems(RbacErrors.already_assigned, RbacErrors.too_many_roles)
  @ApiProblems(GeneralErrors.csrf, GeneralErrors.unsupported_media_type)
  async grant(
    @Param('id') id: string,
    @CurrentUser() principal: Principal,
    @BodyInput() { role }: GrantRoleRequest,
    @Client() client: ClientInfo,
  ): Promise<UserRolesResponse> {
    return UserRolesResponse.from(await this.roles.grant(principal, id, role, client));
  }

  @Delete(':slug')
  @HttpCode(204)
  @AdminAccess(ADMIN_PERMISSIONS.assignRoles)
  @ApiOperation({
    operationId: 'admin_revokeRole',
    summary: 'Take a role from a user',
    description: 'One that holds no permission beyond one’s own. Counts at once.',
  })
  @ApiParam(USER_ID_PARAM)
  @ApiParam({ name: 'slug', example: 'auditor' })
  @ApiNoContentResponse()
  @ApiProblems(RbacErrors.role_not_found, RbacErrors.assignment_not_found, RbacErrors.above_ceiling)
  @ApiProblems(GeneralErrors.csrf)
  revoke(
    @Param('id') id: string,
    @Param('slug') slug: string,
    @CurrentUser() principal: Principal,
    @Client() client: ClientInfo,
  ): Promise<void> {
    return this.roles.revoke(principal, id, slug, client);
  }
}
