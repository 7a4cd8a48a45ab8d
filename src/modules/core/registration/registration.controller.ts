import { HttpStatus, Post, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCreatedResponse, ApiOperation } from '@nestjs/swagger';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import { BodyInput } from '../http/input.decorator.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { type HttpResponse, setHeader, setStatus } from '../../../shared/http/response.js';
import { CoreErrors } from '../core.errors.js';
import { ApiProblems } from '../http/api-problems.js';
import { AuthController } from '../http/auth-controller.decorator.js';
import { Client } from '../http/client.decorator.js';
import { Public } from '../http/public.decorator.js';
import { RateLimit } from '../http/rate-limit.decorator.js';
import { ApiPasswordProblems } from '../password/password-problems.js';
import {
  SignedUpResponse,
  SignUpBody,
  signUpResponse,
  VerificationRequiredResponse,
} from './registration.dto.js';
import { RegistrationService, type SignUpResult } from './registration.service.js';

/** `POST signup`. */
@AuthController('signup', 'Registration')
export class RegistrationController {
  constructor(private readonly registration: RegistrationService) {}

  @Post()
  @Public()
  @RateLimit({ name: 'signup', limit: 60, windowMs: 60_000, by: 'address' })
  @ApiOperation({
    operationId: 'core_signup',
    summary: 'Sign up with a password',
    description:
      'Where no address has to be proven, the account exists at once (201). Where one has, the sign-up waits for its confirmation (202), alike for addresses that are free and that are taken.',
    security: [],
  })
  @ApiCreatedResponse({ type: SignedUpResponse })
  @ApiAcceptedResponse({ type: VerificationRequiredResponse })
  @ApiPasswordProblems()
  @ApiProblems(CoreErrors.identifier_required, CoreErrors.invalid_email, CoreErrors.invalid_phone_number)
  @ApiProblems(CoreErrors.invalid_username, CoreErrors.username_reserved)
  @ApiProblems(CoreErrors.registration_closed, CoreErrors.registration_invite_only, GeneralErrors.csrf)
  @ApiProblems(CoreErrors.email_taken, CoreErrors.username_taken, CoreErrors.phone_number_taken)
  @ApiProblems(GeneralErrors.unsupported_media_type, CoreErrors.sender_unavailable)
  async signUp(
    @BodyInput() body: SignUpBody,
    @Client() client: ClientInfo,
    @Res({ passthrough: true }) response: HttpResponse,
  ): Promise<SignedUpResponse | VerificationRequiredResponse> {
    return answer(response, await this.registration.signUp(SignUpBody.requestOf(body), client));
  }
}

function answer(
  response: HttpResponse,
  result: SignUpResult,
): SignedUpResponse | VerificationRequiredResponse {
  setStatus(response, result.status === 'registered' ? HttpStatus.CREATED : HttpStatus.ACCEPTED);
  setHeader(response, 'Cache-Control', 'no-store');
  return signUpResponse(result);
}
