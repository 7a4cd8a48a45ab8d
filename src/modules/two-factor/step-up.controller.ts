import { HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
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
import { StepUpService } from './step-up.service.js';
import { FactorBody, MethodBody, SentCodeResponse, StepUpResponse } from './two-factor.dto.js';
import { TwoFactorErrors } from './two-factor.errors.js';

/** Proves again who one is, by a second factor and within the session. */
@AuthController('two-factor/step-up', 'Two-factor')
@Authenticated()
@RateLimit({ name: 'two_factor', limit: 60, windowMs: 60_000, by: 'address' })
@ApiProblems(GeneralErrors.csrf, GeneralErrors.unsupported_media_type, CoreErrors.user_not_found)
export class StepUpController {
  constructor(private readonly steps: StepUpService) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'two_factor_stepUp',
    summary: 'Prove again who one is',
    description:
      'Raises `auth_time`, `amr` and `acr` of the session. Opaque access tokens say so at once; a JWT says it once it is refreshed.',
  })
  @ApiOkResponse({ type: StepUpResponse })
  @ApiProblems(TwoFactorErrors.invalid_code, TwoFactorErrors.method_not_available)
  @ApiProblems(CoreErrors.too_many_attempts, PasswordErrors.hashing_busy, CoreErrors.session_not_found)
  async raise(
    @CurrentUser() principal: Principal,
    @BodyInput() body: FactorBody,
    @Client() client: ClientInfo,
  ): Promise<StepUpResponse> {
    return StepUpResponse.from(await this.steps.raise(principal, body, client));
  }

  @Post('send')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'two_factor_sendStepUpCode',
    summary: 'Have a code sent',
    description: 'For a step-up, or for what else asks for a second factor of somebody who is signed in.',
  })
  @ApiOkResponse({ type: SentCodeResponse })
  @ApiProblems(TwoFactorErrors.method_not_available, CoreErrors.sender_unavailable)
  async send(
    @CurrentUser() principal: Principal,
    @BodyInput() { method }: MethodBody,
  ): Promise<SentCodeResponse> {
    return SentCodeResponse.from(await this.steps.send(principal, method));
  }
}
