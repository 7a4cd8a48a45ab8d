import { HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam } from '@nestjs/swagger';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { type HttpResponse, setHeader } from '../../../shared/http/response.js';
import {
  ApiProblems,
  AuthController,
  Authenticated,
  BodyInput,
  Client,
  CoreErrors,
  CurrentUser,
  type Principal,
} from '../../core/index.js';
import { AdminAccess } from '../access/admin-access.decorator.js';
import { AdminErrors } from '../admin.errors.js';
import { USER_ID_PARAM } from '../users/admin-user.dto.js';
import { ImpersonateRequest, ImpersonationResponse } from './impersonation.dto.js';
import { ImpersonationService } from './impersonation.service.js';

/** Super admins who act as somebody else. */
@AuthController('admin', 'Administration')
export class ImpersonationController {
  constructor(private readonly impersonation: ImpersonationService) {}

  @Post('users/:id/impersonate')
  @HttpCode(200)
  @AdminAccess('super-admin')
  @ApiOperation({
    operationId: 'admin_impersonateUser',
    summary: 'Act as a user',
    description:
      'For an hour at most, and no longer than one’s own session. Such a session changes no credentials: on Castellan’s own routes it reads, and edits the profile. Super admins cannot be impersonated.',
  })
  @ApiParam(USER_ID_PARAM)
  @ApiOkResponse({ type: ImpersonationResponse })
  @ApiProblems(CoreErrors.user_not_found, AdminErrors.cannot_impersonate, AdminErrors.own_account)
  @ApiProblems(GeneralErrors.csrf, GeneralErrors.unsupported_media_type)
  async start(
    @Param('id') id: string,
    @CurrentUser() principal: Principal,
    @BodyInput() { reason, ttl_seconds: seconds }: ImpersonateRequest,
    @Client() client: ClientInfo,
    @Res({ passthrough: true }) response: HttpResponse,
  ): Promise<ImpersonationResponse> {
    const wish = { reason, ...(seconds === undefined ? {} : { ttlMs: seconds * 1000 }) };
    const result = await this.impersonation.start(principal, id, wish, client);
    setHeader(response, 'Cache-Control', 'no-store');
    return ImpersonationResponse.from(result, principal.userId);
  }

  @Post('impersonation/end')
  @HttpCode(204)
  @Authenticated({ whileImpersonated: true })
  @ApiOperation({
    operationId: 'admin_endImpersonation',
    summary: 'Stop acting as somebody else',
    description: 'With the token of that session, which ends. One’s own goes on.',
  })
  @ApiNoContentResponse()
  @ApiProblems(AdminErrors.not_impersonating, CoreErrors.session_not_found, GeneralErrors.csrf)
  end(@CurrentUser() principal: Principal, @Client() client: ClientInfo): Promise<void> {
    return this.impersonation.end(principal, client);
  }
}
