import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { AuthError } from '../../../shared/errors/auth-error.js';
import { CoreErrors } from '../core.errors.js';
import { AccountCheck } from '../login/account-check.js';
import type { UserRecord } from '../user/user.js';
import type { Address } from '../verification/address-requests.js';

/** Which accounts may be recovered by which of their addresses. */
@Injectable()
export class ResetEligibility {
  constructor(private readonly accounts: AccountCheck) {}

  /**
   * The account may act once its address is proven, as the reset does. A number that nobody proved does not open an account whose email
   * address is proven: it may be mistyped, and somebody else's.
   * @throws core.invalid_code, core.account_banned, core.account_inactive …
   */
  assertMayReset(user: UserRecord, by: Address['field']): void {
    assertThat(by === 'email' || user.phoneNumberVerified || !user.emailVerified, CoreErrors.invalid_code);
    this.accounts.assertMayAct({ ...user, emailVerified: true, phoneNumberVerified: true });
  }

  mayReset(user: UserRecord, by: Address['field']): boolean {
    try {
      this.assertMayReset(user, by);
      return true;
    } catch (error) {
      if (error instanceof AuthError) return false;
      throw error;
    }
  }
}
