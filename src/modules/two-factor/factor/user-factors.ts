import { Injectable } from '@nestjs/common';
import { MULTI_FACTOR, Notifications, type UserRecord } from '../../core/index.js';
import type { SecondFactor } from '../two-factor.events.js';
import { TWO_FACTOR_METHODS, type TwoFactorRecord } from './two-factor.js';
import { TwoFactorRepository } from './two-factor.repository.js';

/** What a factor adds to the methods of a session (`amr`): RFC 8176 has `otp` and `sms`, and leaves others to us. */
const AMR: Readonly<Record<SecondFactor, string>> = {
  totp: 'otp',
  sms: 'sms',
  email: 'email',
  backup_code: 'backup_code',
};

/** `amr` of a sign-in, or a step-up, that a factor has completed. */
export function methodsAfter(factor: SecondFactor): readonly string[] {
  return [AMR[factor], MULTI_FACTOR];
}

/** Which second factors a user has, and which of them would prove something. */
@Injectable()
export class UserFactors {
  constructor(
    private readonly factors: TwoFactorRepository,
    private readonly notifications: Notifications,
  ) {}

  async enabled(userId: string): Promise<TwoFactorRecord[]> {
    return (await this.factors.findByUserId(userId)).filter(({ enabled }) => enabled);
  }

  /**
   * What the user can show beside the methods shown already. A link or code that went to the mailbox, or the phone, proves nothing more when the same
   * place gets another one.
   */
  usable(user: UserRecord, enabled: readonly TwoFactorRecord[], shown: readonly string[]): SecondFactor[] {
    if (enabled.length === 0) return [];
    const single = !shown.includes(MULTI_FACTOR);
    const usable = TWO_FACTOR_METHODS.filter(
      (method) =>
        enabled.some((factor) => factor.method === method) &&
        this.canShow(user, method) &&
        !(single && shown.includes(AMR[method])),
    );
    return [...usable, 'backup_code'];
  }

  private canShow(user: UserRecord, method: TwoFactorRecord['method']): boolean {
    if (method === 'sms') return this.notifications.canText;
    return method === 'totp' || (this.notifications.canMail && user.email !== null);
  }
}
