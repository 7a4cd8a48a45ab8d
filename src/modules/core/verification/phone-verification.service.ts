import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { EventBus } from '../../../shared/events/event-bus.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { Clock } from '../../../shared/time/clock.js';
import { CoreErrors } from '../core.errors.js';
import { PhoneNumberVerified } from '../core.events.js';
import { SingleUseSecrets } from '../token/single-use-secrets.js';
import type { TokenRecord } from '../token/token.js';
import type { UserRecord } from '../user/user.js';
import { UserRepository } from '../user/user.repository.js';

/** Marks the phone number of an account as proven. */
@Injectable()
export class PhoneVerificationService {
  constructor(
    private readonly secrets: SingleUseSecrets,
    private readonly users: UserRepository,
    private readonly transactions: TransactionRunner,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /** Consumes the secret and marks the number, or neither. @throws core.invalid_code, also where the account has another number by now */
  async confirm(secret: TokenRecord, client: ClientInfo): Promise<UserRecord> {
    const { userId, phoneNumber } = secret;
    assertThat(userId !== null && phoneNumber !== null, CoreErrors.invalid_code);
    return this.transactions.run(async () => {
      await this.secrets.consume(secret);
      const user = await this.users.verifyPhoneNumber(userId, phoneNumber);
      assertThat(user, CoreErrors.invalid_code);
      await this.events.emit(new PhoneNumberVerified(user.id, client, this.clock.now()));
      return user;
    });
  }
}
