import { Delete, Get, Header, HttpCode, Param, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam } from '@nestjs/swagger';
import { GeneralErrors } from '../../shared/errors/general.errors.js';
import type { ClientInfo } from '../../shared/http/client-info.js';
import {
  ApiProblems,
  AuthController,
  Authenticated,
  BodyInput,
  Client,
  CoreErrors,
  CurrentUser,
  PasswordErrors,
  type Principal,
  RateLimit,
} from '../core/index.js';
import { TWO_FACTOR_METHODS } from './factor/two-factor.js';
import { OwnFactors } from './own-factors.js';
import { BackupCodesResponse, OwnershipBody, TwoFactorResponse } from './two-factor.dto.js';
import { TwoFactorErrors } from './two-factor.errors.js';

const PROOF = 'With the password, or with a code of a second factor.';

/** One's own second factors. */
@AuthController('two-factor', 'Two-factor')
@Authenticated()
export class TwoFactorController {
  constructor(private readonly own: OwnFactors) {}

  @Get()
  @ApiOperation({ operationId: 'two_factor_getStatus', summary: 'Show one’s second factors' })
  @ApiOkResponse({ type: TwoFactorResponse })
  @ApiProblems(CoreErrors.user_not_found)
  async get(@CurrentUser() principal: Principal): Promise<TwoFactorResponse> {
    return TwoFactorResponse.from(await this.own.show(principal));
  }

  @Post('disable')
  @HttpCode(204)
  @RateLimit({ name: 'two_factor', limit: 60, windowMs: 60_000, by: 'address' })
  @ApiOperation({
    operationId: 'two_factor_disable',
    summary: 'Remove every second factor',
    description: `${PROOF} Backup codes and trusted devices go too.`,
  })
  @ApiNoContentResponse()
  @ApiProblems(TwoFactorErrors.method_not_enabled, TwoFactorErrors.required)
  @ApiProblems(TwoFactorErrors.proof_required, TwoFactorErrors.invalid_code)
  @ApiProblems(TwoFactorErrors.method_not_available, CoreErrors.too_many_attempts)
  @ApiProblems(CoreErrors.invalid_credentials, CoreErrors.locked, PasswordErrors.hashing_busy)
  @ApiProblems(GeneralErrors.csrf, GeneralErrors.unsupported_media_type, CoreErrors.user_not_found)
  async disable(
    @CurrentUser() principal: Principal,
    @BodyInput() body: OwnershipBody,
    @Client() client: ClientInfo,
  ): Promise<void> {
    await this.own.disable(principal, body, client);
  }

  @Delete(':method')
  @HttpCode(204)
  @RateLimit({ name: 'two_factor', limit: 60, windowMs: 60_000, by: 'address' })
  @ApiOperation({
    operationId: 'two_factor_removeMethod',
    summary: 'Remove one second factor',
    description: `${PROOF} Trusted devices go too, and with the last method the backup codes.`,
  })
  @ApiParam({ name: 'method', enum: TWO_FACTOR_METHODS })
  @ApiNoContentResponse()
  @ApiProblems(TwoFactorErrors.method_not_enabled, TwoFactorErrors.required)
  @ApiProblems(TwoFactorErrors.proof_required, TwoFactorErrors.invalid_code)
  @ApiProblems(TwoFactorErrors.method_not_available, CoreErrors.too_many_attempts)
  @ApiProblems(CoreErrors.invalid_credentials, CoreErrors.locked, PasswordErrors.hashing_busy)
  @ApiProblems(GeneralErrors.csrf, GeneralErrors.unsupported_media_type, CoreErrors.user_not_found)
  async remove(
    @Param('method') method: string,
    @CurrentUser() principal: Principal,
    @BodyInput() body: OwnershipBody,
    @Client() client: ClientInfo,
  ): Promise<void> {
    await this.own.remove(principal, method, body, client);
  }

  @Post('backup-codes')
  @Header('Cache-Control', 'no-store')
  @HttpCode(200)
  @RateLimit({ name: 'two_factor', limit: 60, windowMs: 60_000, by: 'address' })
  @ApiOperation({
    operationId: 'two_factor_replaceBackupCodes',
    summary: 'Make new backup codes',
    description: `${PROOF} The older ones no longer work.`,
  })
  @ApiOkResponse({ type: BackupCodesResponse })
  @ApiProblems(TwoFactorErrors.method_not_enabled)
  @ApiProblems(TwoFactorErrors.proof_required, TwoFactorErrors.invalid_code)
  @ApiProblems(TwoFactorErrors.method_not_available, CoreErrors.too_many_attempts)
  @ApiProblems(CoreErrors.invalid_credentials, CoreErrors.locked, PasswordErrors.hashing_busy)
  @ApiProblems(GeneralErrors.csrf, GeneralErrors.unsupported_media_type, CoreErrors.user_not_found)
  async replaceBackupCodes(
    @CurrentUser() principal: Principal,
    @BodyInput() body: OwnershipBody,
    @Client() client: ClientInfo,
  ): Promise<BackupCodesResponse> {
    return BackupCodesResponse.from(await this.own.replaceBackupCodes(principal, body, client));
  }
}
