import { Get, Param, Res, type StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiParam } from '@nestjs/swagger';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { type HttpResponse, setHeader } from '../../../shared/http/response.js';
import {
  ApiProblems,
  ApiUserDataFile,
  AuthController,
  Client,
  CoreErrors,
  CurrentUser,
  type Principal,
  UserDataExport,
  userDataFile,
} from '../../core/index.js';
import { AdminAccess } from '../access/admin-access.decorator.js';
import { AdminErrors } from '../admin.errors.js';
import { ADMIN_PERMISSIONS } from '../admin.permissions.js';
import { USER_ID_PARAM } from '../users/admin-user.dto.js';
import { UserExports } from './user-exports.js';

/** Data of others. */
@AuthController('admin/users/:id/export', 'Administration')
export class UserExportsController {
  constructor(
    private readonly exports: UserExports,
    private readonly data: UserDataExport,
  ) {}

  @Get()
  @AdminAccess(ADMIN_PERMISSIONS.export)
  @ApiOperation({
    operationId: 'admin_exportUser',
    summary: 'Download all that is kept of a user',
    description: 'Of every mounted module; without secrets. On record.',
  })
  @ApiParam(USER_ID_PARAM)
  @ApiUserDataFile()
  @ApiProblems(CoreErrors.user_not_found, AdminErrors.super_admin_protected, AdminErrors.above_ceiling)
  async export(
    @Param('id') id: string,
    @CurrentUser() principal: Principal,
    @Client() client: ClientInfo,
    @Res({ passthrough: true }) response: HttpResponse,
  ): Promise<StreamableFile> {
    const user = await this.exports.open(principal, id, client);
    setHeader(response, 'Cache-Control', 'no-store');
    return userDataFile(user, this.data.document(user));
  }
}
