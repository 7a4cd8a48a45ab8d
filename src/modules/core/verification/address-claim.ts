import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import type { AuditEntry } from '../../../shared/events/audit-entry.js';
import { EventBus } from '../../../shared/events/event-bus.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { Clock } from '../../../shared/time/clock.js';
import { CoreErrors } from '../core.errors.js';
import { EmailVerified, PhoneNumberVerified, UserEvent } from '../core.events.js';
import type { RevocationReason } from '../session/session.js';
import { CredentialRevocation } from '../user/credential-revocation.js';
import type { UserRecord } from '../user/user.js';
import { UserRepository } from '../user/user.repository.js';
import type { Address } from './address-requests.js';

/**
 * An account whose address nobody had proven has gone to whoever proved it. Emitted in the transaction: modules that keep credentials of
 * their own (second factors, passkeys, linked accounts) void them there.
 */
export class AddressClaimed extends UserEvent {
  override audit(): AuditEntry {
    return this.record('security.account.claim', 'The account went to whoever proved its address.', {
      severity: 'warning',
    });
  }
}

/** Lets an account whose address was never proven give way to whoever proves it by magic link, provider, reset or invitation. */
@Injectable()
export class AddressClaim {
  constructor(
    private readonly users: UserRepository,
    private readonly credentials: CredentialRevocation,
    private readonly transactions: TransactionRunner,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /**
   * Returns the account with its address proven; joins the transaction. Where it was not, whoever had registered may be somebody else:
   * password, sessions, secrets and the other address are void. `reason` is what the sessions that end are told.
   * @throws core.invalid_code where the account has another address by now, or was changed in the same moment
   */
  async claim(
    user: UserRecord,
    { field, value }: Address,
    client: ClientInfo,
    reason: RevocationReason = 'address_proven',
  ): Promise<UserRecord> {
    if (isProven(user, field)) return user;
    return this.transactions.run(async () => {
      const now = this.clock.now();
      // Of several proofs at once one takes the account over: the others would void what it has been given since.
      const { tokenVersion } = user;
      const cleared = await this.users.setPassword(user.id, null, { tokenVersion });
      assertThat(cleared, CoreErrors.invalid_code);
      await this.credentials.revoke(user.id, reason, client, { tokenVersion: cleared.tokenVersion });
      const email = field === 'email';
      // The other address is theirs who registered: left in place, it would reset the password back to them.
      await this.users.detachAddress(user.id, email ? 'phone_number' : 'email');
      const proven = await (email
        ? this.users.verifyEmail(user.id, value)
        : this.users.verifyPhoneNumber(user.id, value));
      assertThat(proven, CoreErrors.invalid_code);
      await this.events.emit(new AddressClaimed(user.id, client, now));
      await this.events.emit(
        email ? new EmailVerified(user.id, client, now) : new PhoneNumberVerified(user.id, client, now),
      );
      return proven;
    });
  }
}

/** Whether the owner of the account has proven the address. */
export function isProven(user: UserRecord, field: Address['field']): boolean {
  return field === 'email' ? user.emailVerified : user.phoneNumberVerified;
}
