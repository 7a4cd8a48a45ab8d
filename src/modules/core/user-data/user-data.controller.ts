import { Get, Res, type StreamableFile } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import { type HttpResponse, setHeader } from '../../../shared/http/response.js';
import { CoreErrors } from '../core.errors.js';
import type { Principal } from '../extension/principal.js';
import { ApiProblems } from '../http/api-problems.js';
import { AuthController } from '../http/auth-controller.decorator.js';
import { Authenticated } from '../http/authenticated.decorator.js';
import { CurrentUser } from '../http/current-user.decorator.js';
import { RateLimit } from '../http/rate-limit.decorator.js';
import { accountOf } from '../user/reauthentication.js';
import { UserService } from '../user/user.service.js';
import { UserDataExport } from './user-data-export.js';
import { ApiUserDataFile, userDataFile } from './user-data-file.js';

/** One's own data. */
@AuthController('me/export', 'Account')
export class UserDataController {
  constructor(
    private readonly users: UserService,
    private readonly exports: UserDataExport,
  ) {}

  @Get()
  @Authenticated({ whileImpersonated: false })
  @RateLimit({ name: 'me_export', limit: 10, windowMs: 3_600_000, by: 'address' })
  @ApiOperation({
    operationId: 'core_exportMe',
    summary: 'Download all that is kept of oneself',
    description: 'Of every mounted module; without secrets.',
  })
  @ApiUserDataFile()
  @ApiProblems(CoreErrors.impersonated, GeneralErrors.rate_limited)
  async export(
    @CurrentUser() principal: Principal,
    @Res({ passthrough: true }) response: HttpResponse,
  ): Promise<StreamableFile> {
    const user = await this.users.get(accountOf(principal));
    setHeader(response, 'Cache-Control', 'no-store');
    return userDataFile(user, this.exports.document(user));
  }
}
