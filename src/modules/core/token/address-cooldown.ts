import { Injectable } from '@nestjs/common';
import { AuthError } from '../../../shared/errors/auth-error.js';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import { RateLimiter } from '../../../shared/rate-limit/rate-limiter.js';
import { ResolvedCoreOptions } from '../core.options.js';

interface Limit {
  readonly name: string;
  readonly count: number;
  readonly windowMs: number;
}

const A_MINUTE: Limit = { name: 'minute', count: 1, windowMs: 60_000 };
const AN_HOUR: Limit = { name: 'hour', count: 5, windowMs: 60 * 60_000 };

/**
 * Limits how often a message may be asked for: one a minute and five an hour for each purpose and address, alike for addresses
 * that are known and that are not. Scaled by `rateLimitMultiplier`; 0 turns it off.
 */
@Injectable()
export class AddressCooldown {
  constructor(
    private readonly limiter: RateLimiter,
    private readonly options: ResolvedCoreOptions,
  ) {}

  /** Counts one message. @throws core.rate_limited with Retry-After */
  async ask(purpose: string, address: string): Promise<void> {
    await this.count(A_MINUTE, purpose, address);
    await this.count(AN_HOUR, purpose, address);
  }

  /** As `ask` with the hourly limit alone: for a first message, which nobody has waited for yet. @throws core.rate_limited */
  async askFirst(purpose: string, address: string): Promise<void> {
    await this.count(AN_HOUR, purpose, address);
  }

  private async count({ name, count, windowMs }: Limit, purpose: string, address: string): Promise<void> {
    const { rateLimitMultiplier: scale, secrets } = this.options;
    if (scale === 0) return;
    // Addresses are not for everybody who can read the store.
    const key = `cooldown:${name}:${secrets.hmac('address_cooldown', JSON.stringify([purpose, address]))}`;
    const limit = Math.max(1, Math.floor(count * scale));
    const { allowed, retryAfterMs } = await this.limiter.consume(key, { limit, windowMs });
    if (allowed) return;
    throw new AuthError(GeneralErrors.rate_limited, {
      retryAfterSeconds: Math.max(1, Math.ceil(retryAfterMs / 1000)),
    });
  }
}
