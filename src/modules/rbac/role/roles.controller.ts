import { Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
} from '@nestjs/swagger';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { ApiPage } from '../../../shared/listing/api-page.js';
import { mapPage, type Page } from '../../../shared/listing/page.js';
import {
  ApiProblems,
  AuthController,
  BodyInput,
  Client,
  CurrentUser,
  type Principal,
  QueryInput,
} from '../../core/index.js';
import { RequirePermissions } from '../access/access.decorators.js';
import { RbacErrors } from '../rbac.errors.js';
import { RBAC_PERMISSIONS } from '../rbac.permissions.js';
import { RoleAdministration } from './role-administration.js';
import { CreateRoleRequest, ListRolesQuery, RoleResponse, UpdateRoleRequest } from './role.dto.js';

/** Roles of the platform. */
@AuthController('roles', 'Roles')
export class RolesController {
  constructor(private readonly roles: RoleAdministration) {}

  @Get()
  @RequirePermissions(RBAC_PERMISSIONS.read)
  @ApiOperation({
    operationId: 'rbac_listRoles',
    summary: 'List the roles of the platform',
    description: 'Sortable by `created_at`, `slug` and `name`.',
  })
  @ApiPage(RoleResponse)
  async list(@QueryInput() query: ListRolesQuery): Promise<Page<RoleResponse>> {
    return mapPage(await this.roles.list(query), (role) => RoleResponse.from(role));
  }

  @Post()
  @RequirePermissions(RBAC_PERMISSIONS.create)
  @ApiOperation({
    operationId: 'rbac_createRole',
    summary: 'Make a role',
    description: 'With no permission beyond one’s own.',
  })
  @ApiCreatedResponse({ type: RoleResponse })
  @ApiProblems(RbacErrors.above_ceiling, RbacErrors.slug_taken, RbacErrors.slug_reserved)
  @ApiProblems(GeneralErrors.csrf, GeneralErrors.unsupported_media_type)
  async create(
    @BodyInput() body: CreateRoleRequest,
    @CurrentUser() principal: Principal,
    @Client() client: ClientInfo,
  ): Promise<RoleResponse> {
    return RoleResponse.from(await this.roles.create(body, principal, client));
  }

  @Get(':id')
  @RequirePermissions(RBAC_PERMISSIONS.read)
  @ApiOperation({ operationId: 'rbac_getRole', summary: 'Show a role' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: RoleResponse })
  @ApiProblems(RbacErrors.role_not_found)
  async get(@Param('id') id: string): Promise<RoleResponse> {
    return RoleResponse.from(await this.roles.get(id));
  }

  @Patch(':id')
  @RequirePermissions(RBAC_PERMISSIONS.update)
  @ApiOperation({
    operationId: 'rbac_updateRole',
    summary: 'Change a role',
    description:
      'What is left out stays. The role may hold no permission beyond one’s own, before and after. Counts for whoever has the role at once.',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: RoleResponse })
  @ApiProblems(RbacErrors.role_not_found, RbacErrors.role_reserved, RbacErrors.above_ceiling)
  @ApiProblems(GeneralErrors.csrf, GeneralErrors.unsupported_media_type)
  async update(
    @Param('id') id: string,
    @BodyInput() body: UpdateRoleRequest,
    @CurrentUser() principal: Principal,
    @Client() client: ClientInfo,
  ): Promise<RoleResponse> {
    return RoleResponse.from(await this.roles.update(id, body, principal, client));
  }

  @Delete(':id')
  @HttpCode(204)
  @RequirePermissions(RBAC_PERMISSIONS.delete)
  @ApiOperation({
    operationId: 'rbac_deleteRole',
    summary: 'Delete a role',
    description: 'Whoever has it loses it at once.',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiNoContentResponse()
  @ApiProblems(RbacErrors.role_not_found, RbacErrors.role_reserved, RbacErrors.above_ceiling)
  @ApiProblems(GeneralErrors.csrf)
  delete(
    @Param('id') id: string,
    @CurrentUser() principal: Principal,
    @Client() client: ClientInfo,
  ): Promise<void> {
    return this.roles.delete(id, principal, client);
  }
}
