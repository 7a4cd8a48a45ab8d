import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { EphemeralStore } from '../../../shared/ephemeral/ephemeral-store.js';
import { AuthError } from '../../../shared/errors/auth-error.js';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import { addressBucket } from '../../../shared/http/client-address.js';
import { Clock } from '../../../shared/time/clock.js';
import { ResolvedCoreOptions } from '../core.options.js';
import { ClientInfoReader } from './client-info.reader.js';
import { RATE_LIMIT, type RateLimitRule } from './rate-limit.decorator.js';
import { refusalFor } from './refusal.js';
import { requestOf } from './execution-request.js';

/**
 * Counts requests of routes with `@RateLimit`. Counters lie in the EphemeralStore: shared by all nodes where that is. If it cannot be asked, the request
 * is refused (503): a limit that nobody counts is none.
 */
@Injectable()
export class RateLimitGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly store: EphemeralStore,
    private readonly clients: ClientInfoReader,
    private readonly clock: Clock,
    private readonly options: ResolvedCoreOptions,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = this.reflector.getAllAndOverride<RateLimitRule | undefined>(RATE_LIMIT, [
      context.getHandler(),
      context.getClass(),
    ]);
    const { rateLimitMultiplier } = this.options;
    if (!rule || rateLimitMultiplier === 0) return true;
    const bucket = addressBucket(this.clients.of(requestOf(context)).ipAddress);
    const { count, resetAt } = await this.count(`rate:${rule.name}:${bucket}`, rule.windowMs);
    if (count <= Math.max(1, Math.floor(rule.limit * rateLimitMultiplier))) return true;
    const retryAfterSeconds = Math.max(1, Math.ceil((resetAt.getTime() - this.clock.now().getTime()) / 1000));
    throw refusalFor(context, new AuthError(GeneralErrors.rate_limited, { retryAfterSeconds }));
  }

  private async count(key: string, windowMs: number): Promise<{ count: number; resetAt: Date }> {
    try {
      return await this.store.increment(key, windowMs);
    } catch (cause) {
      throw new AuthError(GeneralErrors.unavailable, { cause });
    }
  }
}
