import { QueryInput } from '../http/input.decorator.js';
import { Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { CoreErrors } from '../core.errors.js';
import { ApiProblems } from '../http/api-problems.js';
import { AuthController } from '../http/auth-controller.decorator.js';
import { Public } from '../http/public.decorator.js';
import { RateLimit } from '../http/rate-limit.decorator.js';
import { AvailabilityQuery, AvailabilityResponse } from './user.dto.js';
import { AvailabilityService } from './availability.service.js';

/** `GET availability`. */
@AuthController('availability', 'Registration')
export class AvailabilityController {
  constructor(private readonly availability: AvailabilityService) {}

  @Get()
  @Public()
  @RateLimit({
    name: 'availability',
    limit: 60,
    windowMs: 60_000,
    by: 'address',
  })
  @ApiOperation({
    operationId: 'core_getAvailability',
    summary: 'Ask whether a username or a slug is free',
    description:
      'Exactly one field. Email addresses and phone numbers are answered for only where the host has opted in.',
    security: [],
  })
  @ApiOkResponse({ type: AvailabilityResponse })
  @ApiProblems(CoreErrors.invalid_username, CoreErrors.invalid_email, CoreErrors.invalid_phone_number)
  async get(@QueryInput() query: AvailabilityQuery): Promise<AvailabilityResponse> {
    return { available: await this.availability.isAvailable(query) };
  }
}
