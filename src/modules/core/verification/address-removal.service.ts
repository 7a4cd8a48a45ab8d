import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import { EventBus } from '../../../shared/events/event-bus.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { Clock } from '../../../shared/time/clock.js';
import { CoreErrors } from '../core.errors.js';
import { EmailRemoved, PhoneNumberRemoved } from '../core.events.js';
import type { Principal } from '../extension/principal.js';
import { accountOf, Reauthentication } from '../user/reauthentication.js';
import type { UserRecord } from '../user/user.js';
import { UserRepository } from '../user/user.repository.js';
import type { Address } from './address-requests.js';
import { RemovedAddress } from './removed-address.js';

/** Takes an address off one's own account. */
@Injectable()
export class AddressRemovalService {
  constructor(
    private readonly users: UserRepository,
    private readonly proof: Reauthentication,
    private readonly aftermath: RemovedAddress,
    private readonly transactions: TransactionRunner,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /**
   * With the password, or within ten minutes of signing in. Another way to sign in has to remain (`UserRepository.removeAddress`); those of
   * other modules do not count, since they cannot be told here to stay.
   * @throws core.not_found where there is no such address, core.last_sign_in_method, core.reauthentication_required, core.invalid_credentials, core.locked
   */
  async remove(
    principal: Principal,
    field: Address['field'],
    password: string | undefined,
    client: ClientInfo,
  ): Promise<void> {
    const userId = accountOf(principal);
    await this.proof.require(principal, password, client);
    await this.transactions.run(async () => {
      const address = addressOf(await this.users.findById(userId), field);
      assertThat(address, GeneralErrors.not_found);
      const removal = await this.users.removeAddress(userId, field, address.value);
      assertThat(!('missing' in removal), GeneralErrors.not_found);
      assertThat('user' in removal, CoreErrors.last_sign_in_method);
      await this.aftermath.voidSecrets(userId, address);
      const Event = field === 'email' ? EmailRemoved : PhoneNumberRemoved;
      await this.events.emit(new Event(userId, client, this.clock.now()));
      await this.aftermath.tell(removal.user, address);
    });
  }
}

function addressOf(user: UserRecord | null, field: Address['field']): Address | null {
  const value = (field === 'email' ? user?.email : user?.phoneNumber) ?? null;
  return value === null ? null : { field, value };
}
