import { Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOperation, ApiParam } from '@nestjs/swagger';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { ApiPage } from '../../../shared/listing/api-page.js';
import { ListingQuery } from '../../../shared/listing/listing-query.js';
import { mapPage, type Page } from '../../../shared/listing/page.js';
import {
  ApiProblems,
  AuthController,
  BodyInput,
  Client,
  CoreErrors,
  CurrentUser,
  type Principal,
  QueryInput,
} from '../../core/index.js';
import { RequirePermissions } from '../access/access.decorators.js';
import { RbacErrors } from '../rbac.errors.js';
import { RBAC_PERMISSIONS } from '../rbac.permissions.js';
import { RoleAdministration } from '../role/role-administration.js';
import { AssignRoleRequest, RoleAssignmentResponse } from './role-assignment.dto.js';

/** Who has a role on the platform. */
@AuthController('roles/:id/assignments', 'Roles')
export class RoleAssignmentsController {
  constructor(private readonly roles: RoleAdministration) {}

  @Get()
  @RequirePermissions(RBAC_PERMISSIONS.read)
  @ApiOperation({
    operationId: 'rbac_listAssignments',
    summary: 'List who has a role',
    description: 'Sortable by `created_at`.',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiPage(RoleAssignmentResponse)
  @ApiProblems(RbacErrors.role_not_found)
  async list(
    @Param('id') id: string,
    @QueryInput() query: ListingQuery,
  ): Promise<Page<RoleAssignmentResponse>> {
    return mapPage(await this.roles.listAssignments(id, query), (one) => RoleAssignmentResponse.from(one));
  }

  @Post()
  @RequirePermissions(RBAC_PERMISSIONS.assign)
  @ApiOperation({
    operationId: 'rbac_assignRole',
    summary: 'Give a role to a user',
    description: 'One that holds no permission beyond one’s own. Counts at once.',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiCreatedResponse({ type: RoleAssignmentResponse })
  @ApiProblems(RbacErrors.role_not_found, CoreErrors.user_not_found)
  @ApiProblems(RbacErrors.above_ceiling, RbacErrors.already_assigned, RbacErrors.too_many_roles)
  @ApiProblems(GeneralErrors.csrf, GeneralErrors.unsupported_media_type)
  async assign(
    @Param('id') id: string,
    @BodyInput() body: AssignRoleRequest,
    @CurrentUser() principal: Principal,
    @Client() client: ClientInfo,
  ): Promise<RoleAssignmentResponse> {
    return RoleAssignmentResponse.from(await this.roles.assign(id, body.user_id, principal, client));
  }

  @Delete(':user_id')
  @HttpCode(204)
  @RequirePermissions(RBAC_PERMISSIONS.assign)
  @ApiOperation({
    operationId: 'rbac_revokeRole',
    summary: 'Take a role from a user',
    description: 'One that holds no permission beyond one’s own. Counts at once.',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiParam({ name: 'user_id', format: 'uuid' })
  @ApiNoContentResponse()
  @ApiProblems(RbacErrors.role_not_found, RbacErrors.assignment_not_found, RbacErrors.above_ceiling)
  @ApiProblems(GeneralErrors.csrf)
  revoke(
    @Param('id') id: string,
    @Param('user_id') userId: string,
    @CurrentUser() principal: Principal,
    @Client() client: ClientInfo,
  ): Promise<void> {
    return this.roles.revoke(id, userId, principal, client);
  }
}
