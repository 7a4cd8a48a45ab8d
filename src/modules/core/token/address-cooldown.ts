import { Injectable } from '@nestjs/common';
import { EphemeralStore } from '../../../shared/ephemeral/ephemeral-store.js';
import { AuthError } from '../../../shared/errors/auth-error.js';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import { Clock } from '../../../shared/time/clock.js';
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
    private readonly store: EphemeralStore,
    private readonly clock: Clock,
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
    const used = await this.store.increment(key, windowMs);
    if (used.count <= Math.max(1, Math.floor(count * scale))) return;
    const waitMs = used.resetAt.getTime() - this.clock.now().getTime();
    throw new AuthError(GeneralErrors.rate_limited, {
      retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)),
    });
  }
}
