import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthError } from '../../../shared/errors/auth-error.js';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import { addressBucket } from '../../../shared/http/client-address.js';
import type { HttpRequest } from '../../../shared/http/request.js';
import { RateLimiter, type RateVerdict } from '../../../shared/rate-limit/rate-limiter.js';
import { ResolvedCoreOptions } from '../core.options.js';
import { parseLoginIdentifier } from '../login/login-identifier.js';
import { ClientInfoReader } from './client-info.reader.js';
import { RATE_LIMIT, type RateLimitRule } from './rate-limit.decorator.js';
import { refusalFor } from './refusal.js';
import { requestOf } from './execution-request.js';

/**
 * Counts requests of routes with `@RateLimit`, shared by all nodes where the counters are. If nobody can count, the request is refused (503): a limit that
 * nobody counts is none.
 */
@Injectable()
export class RateLimitGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly limiter: RateLimiter,
    private readonly clients: ClientInfoReader,
    private readonly options: ResolvedCoreOptions,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rules = this.reflector.getAllAndOverride<readonly RateLimitRule[] | undefined>(RATE_LIMIT, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (!rules || this.options.rateLimitMultiplier === 0) return true;
    for (const rule of rules) await this.apply(rule, context);
    return true;
  }

  private async apply(rule: RateLimitRule, context: ExecutionContext): Promise<void> {
    const bucket = this.bucketOf(rule, requestOf(context));
    if (bucket === null) return;
    const limit = Math.max(1, Math.floor(rule.limit * this.options.rateLimitMultiplier));
    const { allowed, retryAfterMs } = await this.count(`rate:${rule.name}:${bucket}`, limit, rule.windowMs);
    if (allowed) return;
    const retryAfterSeconds = Math.max(1, Math.ceil(retryAfterMs / 1000));
    throw refusalFor(context, new AuthError(GeneralErrors.rate_limited, { retryAfterSeconds }));
  }

  /** `null`: the request names nothing to count by, and will be refused for that. */
  private bucketOf({ by }: RateLimitRule, request: HttpRequest): string | null {
    if (by === 'address') return addressBucket(this.clients.of(request).ipAddress);
    const identifier = namedBy(request.body);
    // Who signs in is not for everybody who can read the counters.
    return identifier && `account:${this.options.secrets.hmac('rate_limit', identifier)}`;
  }

  private async count(key: string, limit: number, windowMs: number): Promise<RateVerdict> {
    try {
      return await this.limiter.consume(key, { limit, windowMs });
    } catch (cause) {
      throw new AuthError(GeneralErrors.unavailable, { cause, retryAfterSeconds: 1 });
    }
  }
}

/** However the account is spelled, it is one. */
function namedBy(body: unknown): string | null {
  if (typeof body !== 'object' || body === null) return null;
  try {
    const { field, value } = parseLoginIdentifier(body);
    return JSON.stringify([field, value]);
  } catch (error) {
    if (error instanceof AuthError) return null;
    throw error;
  }
}
