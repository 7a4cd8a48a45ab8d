import { Injectable } from '@nestjs/common';
import { AuthError } from '../../../shared/errors/auth-error.js';
import { Clock } from '../../../shared/time/clock.js';
import { CoreErrors } from '../core.errors.js';
import { ResolvedCoreOptions } from '../core.options.js';
import type { AccountStanding } from '../user/user.js';

/** The one gate on an account's state: whatever issues or accepts a credential calls it. A lock of password login is none of it. */
@Injectable()
export class AccountCheck {
  constructor(
    private readonly options: ResolvedCoreOptions,
    private readonly clock: Clock,
  ) {}

  /** @throws core.account_deleted, core.account_banned, core.account_inactive, core.email_not_verified, core.phone_not_verified */
  assertMayAct(user: AccountStanding): void {
    const refusal = this.refusal(user);
    if (refusal) throw refusal;
  }

  mayAct(user: AccountStanding): boolean {
    return this.refusal(user) === null;
  }

  private refusal(user: AccountStanding): AuthError | null {
    if (user.deletedAt) return new AuthError(CoreErrors.account_deleted);
    if (this.isBanned(user)) {
      const extra = { reason: user.banReason, banned_until: user.bannedUntil?.toISOString() ?? null };
      return new AuthError(CoreErrors.account_banned, { extra });
    }
    if (!user.active) return new AuthError(CoreErrors.account_inactive);
    const { emailVerification, phoneVerification } = this.options;
    if (emailVerification === 'required' && user.email !== null && !user.emailVerified) {
      return new AuthError(CoreErrors.email_not_verified);
    }
    if (phoneVerification === 'required' && user.phoneNumber !== null && !user.phoneNumberVerified) {
      return new AuthError(CoreErrors.phone_not_verified);
    }
    return null;
  }

  private isBanned({ bannedAt, bannedUntil }: AccountStanding): boolean {
    return bannedAt !== null && (bannedUntil === null || bannedUntil > this.clock.now());
  }
}
