import { HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import {
  ApiProblems,
  AuthController,
  BodyInput,
  Client,
  CurrentUser,
  type Principal,
} from '../../core/index.js';
import { AdminAccess } from '../access/admin-access.decorator.js';
import { ADMIN_PERMISSIONS } from '../admin.permissions.js';
import { BulkRequest, BulkResponse } from './bulk.dto.js';
import { BulkService } from './bulk.service.js';

/** Many accounts at once. */
@AuthController('admin/users/bulk', 'Administration')
export class BulkController {
  constructor(private readonly bulk: BulkService) {}

  @Post()
  @HttpCode(207)
  @AdminAccess(ADMIN_PERMISSIONS.read)
  @ApiOperation({
    operationId: 'admin_changeUsers',
    summary: 'Do the same to many accounts',
    description:
      'A hundred at most. Each by itself, under the rules and the permission of the route for one.',
  })
  @ApiResponse({ status: 207, type: BulkResponse, description: 'A result for each account.' })
  @ApiProblems(GeneralErrors.csrf, GeneralErrors.unsupported_media_type)
  run(
    @CurrentUser() principal: Principal,
    @BodyInput() body: BulkRequest,
    @Client() client: ClientInfo,
  ): Promise<BulkResponse> {
    return this.bulk.run(principal, body, client);
  }
}
