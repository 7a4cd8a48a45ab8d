import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { AuthError } from '../../../shared/errors/auth-error.js';
import type { AuthEvent } from '../../../shared/events/auth-event.js';
import { EventBus } from '../../../shared/events/event-bus.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { Clock } from '../../../shared/time/clock.js';
import { CoreErrors } from '../core.errors.js';
import { AccountCheck } from '../login/account-check.js';
import { SingleUseSecrets } from '../token/single-use-secrets.js';
import type { TokenRecord } from '../token/token.js';
import type { UserRecord } from '../user/user.js';
import { UserRepository } from '../user/user.repository.js';

/** The frame of every change of address: the account may act, and secret and change are one transaction. */
@Injectable()
export class AddressChange {
  constructor(
    private readonly users: UserRepository,
    private readonly accounts: AccountCheck,
    private readonly secrets: SingleUseSecrets,
    private readonly transactions: TransactionRunner,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /** @throws core.invalid_code where the account is gone or has another address by now, core.account_banned …, and what `change` throws */
  async apply(
    secret: TokenRecord,
    change: (userId: string, now: Date) => Promise<{ user: UserRecord; event: AuthEvent }>,
  ): Promise<UserRecord> {
    const owner = secret.userId === null ? null : await this.users.findById(secret.userId);
    assertThat(owner && owner.deletedAt === null, CoreErrors.invalid_code);
    this.accounts.assertMayAct(owner);
    return this.transactions.run(async () => {
      await this.secrets.consume(secret);
      const { user, event } = await change(owner.id, this.clock.now()).catch(missingIsInvalid);
      await this.events.emit(event);
      return user;
    });
  }
}

/** The address that the account had when the change was asked for. */
export function previousAddress({ payload }: TokenRecord): string | null {
  return typeof payload['from'] === 'string' ? payload['from'] : null;
}

function missingIsInvalid(error: unknown): never {
  if (error instanceof AuthError && error.is(CoreErrors.user_not_found))
    throw new AuthError(CoreErrors.invalid_code);
  throw error;
}
