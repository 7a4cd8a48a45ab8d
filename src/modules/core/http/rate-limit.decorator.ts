import { applyDecorators, SetMetadata } from '@nestjs/common';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import { ApiProblems } from './api-problems.js';

/** Metadata key. */
export const RATE_LIMIT = 'castellan:rate-limit';

export interface RateLimitRule {
  /** Routes of one name share one counter. */
  readonly name: string;
  /** So many requests pass in a window; scaled by `rateLimitMultiplier`. */
  readonly limit: number;
  readonly windowMs: number;
  /** The client's address, of IPv6 its /64. */
  readonly by: 'address';
}

/** Limits a route; takes effect where `RateLimitGuard` stands, as on every controller of Castellan's own. */
export function RateLimit(rule: RateLimitRule): MethodDecorator & ClassDecorator {
  return applyDecorators(SetMetadata(RATE_LIMIT, rule), ApiProblems(GeneralErrors.rate_limited));
}
