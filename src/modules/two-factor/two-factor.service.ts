import { Injectable } from '@nestjs/common';
import { assertThat } from '../../shared/errors/assert-that.js';
import { EventBus } from '../../shared/events/event-bus.js';
import type { ClientInfo } from '../../shared/http/client-info.js';
import { TransactionRunner } from '../../shared/persistence/transaction-runner.js';
import { Clock } from '../../shared/time/clock.js';
import type { UserRecord } from '../core/index.js';
import { FactorRemoval } from './factor/factor-removal.js';
import type { TwoFactorMethod } from './factor/two-factor.js';
import { TwoFactorNotices } from './two-factor-notices.js';
import { TwoFactorRequirement } from './two-factor-requirement.js';
import { TwoFactorErrors } from './two-factor.errors.js';
import { TwoFactorDisabled } from './two-factor.events.js';

/** Removes second factors for their user; whoever calls it has asked for a proof. */
@Injectable()
export class TwoFactorService {
  constructor(
    private readonly removal: FactorRemoval,
    private readonly requirement: TwoFactorRequirement,
    private readonly notices: TwoFactorNotices,
    private readonly transactions: TransactionRunner,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /**
   * @param methods all where left out
   * @throws two_factor.method_not_enabled where none of them is; two_factor.required where the user would be left without
   */
  async disable(user: UserRecord, client: ClientInfo, methods?: readonly TwoFactorMethod[]): Promise<void> {
    const policy = await this.requirement.of(user);
    await this.transactions.run(async () => {
      const removed = await this.removal.remove(user.id, client, methods);
      assertThat(removed.methods.length > 0, TwoFactorErrors.method_not_enabled);
      assertThat(policy !== 'required' || !removed.all, TwoFactorErrors.required);
      await this.events.emit(new TwoFactorDisabled(user.id, removed.methods, client, this.clock.now()));
      await this.notices.disabled(user, removed.methods);
    });
  }
}
