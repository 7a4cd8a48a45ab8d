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
  /** The client's address, of IPv6 its /64; or the account that the body names for a login, whether there is one or not. */
  readonly by: 'address' | 'identifier';
}

/** Limits a route, by every rule; takes effect where `RateLimitGuard` stands, as on every controller of Castellan's own. */
export function RateLimit(...rules: readonly RateLimitRule[]): MethodDecorator & ClassDecorator {
  return applyDecorators(SetMetadata(RATE_LIMIT, rules), ApiProblems(GeneralErrors.rate_limited));
}
