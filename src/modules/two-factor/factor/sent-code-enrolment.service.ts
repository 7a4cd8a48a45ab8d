import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { IdGenerator } from '../../../shared/ids/id-generator.js';
import { Clock } from '../../../shared/time/clock.js';
import { parsePhoneNumber, type UserRecord } from '../../core/index.js';
import { TwoFactorErrors } from '../two-factor.errors.js';
import { FactorActivation } from './factor-activation.js';
import { type CodeAddress, type SentCode, SentCodes } from './sent-codes.js';
import { TwoFactorRepository } from './two-factor.repository.js';

/** Sets up codes by text message, to a number apart from the account's own, or by email, to the account's address. */
@Injectable()
export class SentCodeEnrolmentService {
  constructor(
    private readonly factors: TwoFactorRepository,
    private readonly codes: SentCodes,
    private readonly activation: FactorActivation,
    private readonly ids: IdGenerator,
    private readonly clock: Clock,
  ) {}

  /** @throws core.invalid_phone_number, core.sender_unavailable, core.rate_limited */
  async beginSms(user: UserRecord, phoneNumber: string): Promise<SentCode> {
    const address = { method: 'sms', to: parsePhoneNumber(phoneNumber) } as const;
    return this.codes.send(user, 'two_factor_enrolment', address);
  }

  /** @throws two_factor.email_required, core.sender_unavailable, core.rate_limited */
  async beginEmail(user: UserRecord): Promise<SentCode> {
    assertThat(user.email !== null, TwoFactorErrors.email_required);
    return this.codes.send(user, 'two_factor_enrolment', { method: 'email', to: user.email });
  }

  /** Returns backup codes as `FactorActivation` does. @throws core.too_many_attempts, two_factor.invalid_code */
  async confirm(
    user: UserRecord,
    method: CodeAddress['method'],
    code: string,
    client: ClientInfo,
  ): Promise<readonly string[] | null> {
    // Proof of an address that the account has left in the meantime is none.
    const to = method === 'email' ? user.email : undefined;
    const sent = await this.codes.check(user, 'two_factor_enrolment', method, code, to);
    const { phoneNumber } = sent;
    const store = async (): Promise<boolean> => {
      await this.codes.consume(sent);
      const confirmed = { userId: user.id, method, phoneNumber, now: this.clock.now() };
      await this.factors.enable({ id: this.ids.next(), ...confirmed });
      return true;
    };
    return this.activation.activate(user, method, store, client);
  }
}
