import { Delete, Get, HttpCode, Param } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiParam } from '@nestjs/swagger';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { ApiPage } from '../../../shared/listing/api-page.js';
import { ListingQuery } from '../../../shared/listing/listing-query.js';
import { mapPage, type Page } from '../../../shared/listing/page.js';
import {
  ApiProblems,
  AuthController,
  Client,
  CoreErrors,
  CurrentUser,
  type Principal,
  QueryInput,
  SessionResponse,
} from '../../core/index.js';
import { AdminAccess } from '../access/admin-access.decorator.js';
import { AdminErrors } from '../admin.errors.js';
import { ADMIN_PERMISSIONS } from '../admin.permissions.js';
import { USER_ID_PARAM } from '../users/admin-user.dto.js';
import { UserSessions } from './user-sessions.js';

/** Sessions of others. */
@AuthController('admin/users/:id/sessions', 'Administration')
@ApiProblems(CoreErrors.user_not_found)
export class UserSessionsController {
  constructor(private readonly sessions: UserSessions) {}

  @Get()
  @AdminAccess(ADMIN_PERMISSIONS.readSessions)
  @ApiOperation({
    operationId: 'admin_listSessions',
    summary: 'List the sessions of a user',
    description: 'Living ones, one entry a login. Sortable by `created_at`, `expires_at` and `ip_address`.',
  })
  @ApiParam(USER_ID_PARAM)
  @ApiPage(SessionResponse)
  async list(
    @Param('id') id: string,
    @CurrentUser() principal: Principal,
    @QueryInput() query: ListingQuery,
  ): Promise<Page<SessionResponse>> {
    const page = await this.sessions.list(id, query);
    return mapPage(page, (family) => SessionResponse.from(family, principal.sessionId));
  }

  @Delete()
  @HttpCode(204)
  @AdminAccess(ADMIN_PERMISSIONS.revokeSessions)
  @ApiOperation({ operationId: 'admin_revokeSessions', summary: 'End every session of a user' })
  @ApiParam(USER_ID_PARAM)
  @ApiNoContentResponse()
  @ApiProblems(AdminErrors.super_admin_protected, AdminErrors.above_ceiling, GeneralErrors.csrf)
  async revokeAll(
    @Param('id') id: string,
    @CurrentUser() principal: Principal,
    @Client() client: ClientInfo,
  ): Promise<void> {
    await this.sessions.revokeAll(principal, id, client);
  }

  @Delete(':session_id')
  @HttpCode(204)
  @AdminAccess(ADMIN_PERMISSIONS.revokeSessions)
  @ApiOperation({ operationId: 'admin_revokeSession', summary: 'End one session of a user' })
  @ApiParam(USER_ID_PARAM)
  @ApiParam({ name: 'session_id', format: 'uuid' })
  @ApiNoContentResponse()
  @ApiProblems(CoreErrors.session_not_found)
  @ApiProblems(AdminErrors.super_admin_protected, AdminErrors.above_ceiling, GeneralErrors.csrf)
  revoke(
    @Param('id') id: string,
    @Param('session_id') sessionId: string,
    @CurrentUser() principal: Principal,
    @Client() client: ClientInfo,
  ): Promise<void> {
    return this.sessions.revoke(principal, id, sessionId, client);
  }
}
