import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import type { UserRecord } from '../../core/index.js';
import { TwoFactorErrors } from '../two-factor.errors.js';
import type { SecondFactor } from '../two-factor.events.js';
import { type CodeAddress, type SentCode, SentCodes } from './sent-codes.js';
import type { TwoFactorRecord } from './two-factor.js';
import { UserFactors } from './user-factors.js';

/** Sends the code of a method that is set up. */
@Injectable()
export class FactorCodes {
  constructor(
    private readonly factors: UserFactors,
    private readonly codes: SentCodes,
  ) {}

  /** @throws two_factor.method_not_available where it is not set up, or sends nothing; core.rate_limited, core.sender_unavailable */
  async send(user: UserRecord, method: SecondFactor): Promise<SentCode> {
    const factor = (await this.factors.enabled(user.id)).find((enabled) => enabled.method === method);
    const address = factor ? addressOf(user, factor) : null;
    assertThat(address, TwoFactorErrors.method_not_available);
    return this.codes.send(user, 'two_factor_code', address);
  }
}

function addressOf(user: UserRecord, { method, phoneNumber }: TwoFactorRecord): CodeAddress | null {
  if (method === 'sms') return phoneNumber === null ? null : { method, to: phoneNumber };
  if (method === 'email') return user.email === null ? null : { method, to: user.email };
  return null;
}
