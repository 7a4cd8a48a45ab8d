import { Get, Param, Patch, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiParam } from '@nestjs/swagger';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { ApiPage } from '../../../shared/listing/api-page.js';
import { mapPage, type Page } from '../../../shared/listing/page.js';
import {
  ApiProblems,
  AuthController,
  BodyInput,
  Client,
  CoreErrors,
  CurrentUser,
  PasswordErrors,
  type Principal,
  QueryInput,
} from '../../core/index.js';
import { AdminAccess } from '../access/admin-access.decorator.js';
import { AdminActions } from '../access/admin-actions.js';
import { AdminErrors } from '../admin.errors.js';
import { ADMIN_PERMISSIONS } from '../admin.permissions.js';
import {
  AdminUserResponse,
  CreateUserRequest,
  ListUsersQuery,
  UpdateUserRequest,
  USER_ID_PARAM,
} from './admin-user.dto.js';
import { UserChanges } from './user-changes.js';
import { UserCreation } from './user-creation.js';
import { UserListing } from './user-listing.js';

/** Everybody's accounts. */
@AuthController('admin/users', 'Administration')
export class AdminUsersController {
  constructor(
    private readonly listing: UserListing,
    private readonly creation: UserCreation,
    private readonly changes: UserChanges,
    private readonly actions: AdminActions,
  ) {}

  @Get()
  @AdminAccess(ADMIN_PERMISSIONS.read)
  @ApiOperation({
    operationId: 'admin_listUsers',
    summary: 'List accounts',
    description:
      'The living ones, unless `deleted=true`. Filters add up. Sortable by `created_at`, `email`, `username` and `name`.',
  })
  @ApiPage(AdminUserResponse)
  @ApiProblems(AdminErrors.module_not_mounted)
  async list(@QueryInput() query: ListUsersQuery): Promise<Page<AdminUserResponse>> {
    return mapPage(await this.listing.list(query), (user) => AdminUserResponse.of(user));
  }

  @Post()
  @AdminAccess(ADMIN_PERMISSIONS.create)
  @ApiOperation({
    operationId: 'admin_createUser',
    summary: 'Make an account for somebody',
    description:
      'Whatever the policy for sign-up. Needs an email address, a username or a phone number. Without a password the user is sent a link to choose one.',
  })
  @ApiCreatedResponse({ type: AdminUserResponse })
  @ApiProblems(CoreErrors.email_taken, CoreErrors.username_taken, CoreErrors.phone_number_taken)
  @ApiProblems(GeneralErrors.csrf, GeneralErrors.unsupported_media_type, PasswordErrors.hashing_busy)
  async create(
    @CurrentUser() principal: Principal,
    @BodyInput() body: CreateUserRequest,
    @Client() client: ClientInfo,
  ): Promise<AdminUserResponse> {
    return AdminUserResponse.of(await this.creation.create(principal, body, client));
  }

  @Get(':id')
  @AdminAccess(ADMIN_PERMISSIONS.read)
  @ApiOperation({ operationId: 'admin_getUser', summary: 'Show an account', description: 'Deleted or not.' })
  @ApiParam(USER_ID_PARAM)
  @ApiOkResponse({ type: AdminUserResponse })
  @ApiProblems(CoreErrors.user_not_found)
  async get(@Param('id') id: string): Promise<AdminUserResponse> {
    return AdminUserResponse.of(await this.actions.find(id));
  }

  @Patch(':id')
  @AdminAccess(ADMIN_PERMISSIONS.update)
  @ApiOperation({
    operationId: 'admin_updateUser',
    summary: 'Change an account',
    description:
      'All or nothing; what is left out stays. A new email address or phone number counts at once, and is as proven as the request says; the old one is told.',
  })
  @ApiParam(USER_ID_PARAM)
  @ApiOkResponse({ type: AdminUserResponse })
  @ApiProblems(CoreErrors.user_not_found, AdminErrors.super_admin_protected, AdminErrors.above_ceiling)
  @ApiProblems(CoreErrors.email_taken, CoreErrors.username_taken, CoreErrors.phone_number_taken)
  @ApiProblems(CoreErrors.last_sign_in_method, CoreErrors.last_super_admin)
  @ApiProblems(GeneralErrors.csrf, GeneralErrors.unsupported_media_type)
  async update(
    @Param('id') id: string,
    @CurrentUser() principal: Principal,
    @BodyInput() body: UpdateUserRequest,
    @Client() client: ClientInfo,
  ): Promise<AdminUserResponse> {
    return AdminUserResponse.of(await this.changes.update(principal, id, body, client));
  }
}
