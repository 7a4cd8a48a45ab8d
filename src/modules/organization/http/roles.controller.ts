import { Delete, Get, Param, Patch, Post, UseGuards } from '@nestjs/common';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { ListingQuery } from '../../../shared/listing/listing-query.js';
import { mapPage, type Page } from '../../../shared/listing/page.js';
import {
  ApiProblems,
  AuthController,
  Authenticated,
  BodyInput,
  Client,
  CoreErrors,
  CurrentUser,
  operationsOf,
  type Principal,
  QueryInput,
} from '../../core/index.js';
import {
  AssignRoleRequest,
  CreateRoleRequest,
  ListRolesQuery,
  RbacErrors,
  RoleAssignmentResponse,
  RoleResponse,
  UpdateRoleRequest,
} from '../../rbac/index.js';
import { OrganizationRoles } from '../access/organization-roles.service.js';
import { OwnOrganizationGuard } from '../access/own-organization.guard.js';
import { OrganizationErrors } from '../organization.errors.js';

const { not_found, other_organization, forbidden, member_not_found } = OrganizationErrors;
const REACHED = [not_found, other_organization, forbidden] as const;
const WRITTEN = [GeneralErrors.csrf, GeneralErrors.unsupported_media_type] as const;
const ORGANIZATION = { name: 'organization_id', format: 'uuid' } as const;
const ROLE = { name: 'role_id', format: 'uuid' } as const;
const roles = operationsOf(ORGANIZATION);
const role = operationsOf(ORGANIZATION, ROLE);
const assignment = operationsOf(ORGANIZATION, ROLE, { name: 'user_id', format: 'uuid' });

// Above the others: guards run from the lowest decorator up.
@UseGuards(OwnOrganizationGuard)
@AuthController('organizations/:organization_id/roles', 'Organizations')
@Authenticated()
export class OrganizationRolesController {
  constructor(private readonly roles: OrganizationRoles) {}

  @Get()
  @roles.page(RoleResponse, {
    operationId: 'organization_listRoles',
    summary: 'List the organization’s own roles',
    description: 'Sortable by `created_at`, `slug` and `name`.',
  })
  @ApiProblems(...REACHED)
  async list(
    @Param('organization_id') id: string,
    @QueryInput() query: ListRolesQuery,
    @CurrentUser() principal: Principal,
  ): Promise<Page<RoleResponse>> {
    return mapPage(await this.roles.list(principal.userId, id, query), (role) => RoleResponse.from(role));
  }

  @Post()
  @roles.created(RoleResponse, {
    operationId: 'organization_createRole',
    summary: 'Make a role of the organization’s own',
    description: 'With no permission beyond one’s own.',
  })
  @ApiProblems(...REACHED, RbacErrors.above_ceiling, RbacErrors.slug_taken, RbacErrors.slug_reserved)
  @ApiProblems(...WRITTEN)
  async create(
    @Param('organization_id') id: string,
    @BodyInput() body: CreateRoleRequest,
    @CurrentUser() principal: Principal,
    @Client() client: ClientInfo,
  ): Promise<RoleResponse> {
    return RoleResponse.from(await this.roles.create(principal.userId, id, body, client));
  }

  @Get(':role_id')
  @role.ok(RoleResponse, {
    operationId: 'organization_getRole',
    summary: 'Get a role of the organization’s own',
  })
  @ApiProblems(...REACHED, RbacErrors.role_not_found)
  async get(
    @Param('organization_id') id: string,
    @Param('role_id') roleId: string,
    @CurrentUser() principal: Principal,
  ): Promise<RoleResponse> {
    return RoleResponse.from(await this.roles.get(principal.userId, id, roleId));
  }

  @Patch(':role_id')
  @role.ok(RoleResponse, {
    operationId: 'organization_updateRole',
    summary: 'Change a role of the organization’s own',
  })
  @ApiProblems(...REACHED, RbacErrors.role_not_found, RbacErrors.role_reserved, RbacErrors.above_ceiling)
  @ApiProblems(...WRITTEN)
  async update(
    @Param('organization_id') id: string,
    @Param('role_id') roleId: string,
    @BodyInput() body: UpdateRoleRequest,
    @CurrentUser() principal: Principal,
    @Client() client: ClientInfo,
  ): Promise<RoleResponse> {
    return RoleResponse.from(await this.roles.update(principal.userId, id, roleId, body, client));
  }

  @Delete(':role_id')
  @role.noContent({
    operationId: 'organization_deleteRole',
    summary: 'Delete a role of the organization’s own',
  })
  @ApiProblems(...REACHED, RbacErrors.role_not_found, RbacErrors.role_reserved, RbacErrors.above_ceiling)
  @ApiProblems(GeneralErrors.csrf)
  async delete(
    @Param('organization_id') id: string,
    @Param('role_id') roleId: string,
    @CurrentUser() principal: Principal,
    @Client() client: ClientInfo,
  ): Promise<void> {
    await this.roles.delete(principal.userId, id, roleId, client);
  }

  @Get(':role_id/assignments')
  @role.page(RoleAssignmentResponse, {
    operationId: 'organization_listRoleAssignments',
    summary: 'List who has a role',
    description: 'Sortable by `created_at`.',
  })
  @ApiProblems(...REACHED, RbacErrors.role_not_found)
  async listAssignments(
    @Param('organization_id') id: string,
    @Param('role_id') roleId: string,
    @QueryInput() query: ListingQuery,
    @CurrentUser() principal: Principal,
  ): Promise<Page<RoleAssignmentResponse>> {
    const page = await this.roles.listAssignments(principal.userId, id, roleId, query);
    return mapPage(page, (one) => RoleAssignmentResponse.from(one));
  }

  @Post(':role_id/assignments')
  @role.created(RoleAssignmentResponse, {
    operationId: 'organization_assignRole',
    summary: 'Give a role to a member',
    description: 'One that holds no permission beyond one’s own. Counts at once.',
  })
  @ApiProblems(...REACHED, member_not_found, RbacErrors.role_not_found, CoreErrors.user_not_found)
  @ApiProblems(RbacErrors.above_ceiling, RbacErrors.already_assigned, ...WRITTEN)
  async assign(
    @Param('organization_id') id: string,
    @Param('role_id') roleId: string,
    @BodyInput() { user_id }: AssignRoleRequest,
    @CurrentUser() principal: Principal,
    @Client() client: ClientInfo,
  ): Promise<RoleAssignmentResponse> {
    return RoleAssignmentResponse.from(
      await this.roles.assign(principal.userId, id, roleId, user_id, client),
    );
  }

  @Delete(':role_id/assignments/:user_id')
  @assignment.noContent({ operationId: 'organization_revokeRole', summary: 'Take a role from a member' })
  @ApiProblems(
    ...REACHED,
    RbacErrors.role_not_found,
    RbacErrors.assignment_not_found,
    RbacErrors.above_ceiling,
  )
  @ApiProblems(GeneralErrors.csrf)
  async revoke(
    @Param('organization_id') id: string,
    @Param('role_id') roleId: string,
    @Param('user_id') userId: string,
    @CurrentUser() principal: Principal,
    @Client() client: ClientInfo,
  ): Promise<void> {
    await this.roles.revoke(principal.userId, id, roleId, userId, client);
  }
}
