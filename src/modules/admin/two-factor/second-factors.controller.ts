import { HttpCode, Param, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiParam, ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength, MinLength } from 'class-validator';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import {
  ApiProblems,
  AuthController,
  BodyInput,
  Client,
  CoreErrors,
  CurrentUser,
  type Principal,
} from '../../core/index.js';
import { AdminAccess } from '../access/admin-access.decorator.js';
import { AdminErrors } from '../admin.errors.js';
import { ADMIN_PERMISSIONS } from '../admin.permissions.js';
import { USER_ID_PARAM } from '../users/admin-user.dto.js';
import { SecondFactors } from './second-factors.js';

export class ResetTwoFactorRequest {
  @ApiProperty({
    minLength: 1,
    maxLength: 500,
    example: 'Lost the phone; identity checked by video call.',
    description: 'For the audit log.',
  })
  @IsString()
  @MinLength(1)
  @MaxLength(500)
  reason!: string;
}

/** Second factors of others. */
@AuthController('admin/users/:id/two-factor', 'Administration')
export class SecondFactorsController {
  constructor(private readonly factors: SecondFactors) {}

  @Post('reset')
  @HttpCode(204)
  @AdminAccess(ADMIN_PERMISSIONS.resetTwoFactor)
  @ApiOperation({
    operationId: 'admin_resetTwoFactor',
    summary: 'Take every second factor of a user away',
    description: 'Factors, backup codes and trusted devices. The user is told by mail.',
  })
  @ApiParam(USER_ID_PARAM)
  @ApiNoContentResponse()
  @ApiProblems(CoreErrors.user_not_found, AdminErrors.module_not_mounted)
  @ApiProblems(AdminErrors.super_admin_protected, AdminErrors.above_ceiling)
  @ApiProblems(GeneralErrors.csrf, GeneralErrors.unsupported_media_type)
  reset(
    @Param('id') id: string,
    @CurrentUser() principal: Principal,
    @BodyInput() { reason }: ResetTwoFactorRequest,
    @Client() client: ClientInfo,
  ): Promise<void> {
    return this.factors.reset(principal, id, reason, client);
  }
}
