import { Injectable } from '@nestjs/common';
import { EventBus } from '../../shared/events/event-bus.js';
import type { ClientInfo } from '../../shared/http/client-info.js';
import { TransactionRunner } from '../../shared/persistence/transaction-runner.js';
import { Clock } from '../../shared/time/clock.js';
import { type ResetOrder, ResetsSecondFactor, SecondFactorReset, UserService } from '../core/index.js';
import { FactorRemoval } from './factor/factor-removal.js';
import { TwoFactorNotices } from './two-factor-notices.js';
import { TwoFactorCleared } from './two-factor.events.js';

/** For whoever has lost every factor: an administrator's way to let them in again. Whoever calls it has the right to; it asks for none. */
@ResetsSecondFactor({ order: 100 })
@Injectable()
export class TwoFactorReset extends SecondFactorReset {
  constructor(
    private readonly users: UserService,
    private readonly removal: FactorRemoval,
    private readonly notices: TwoFactorNotices,
    private readonly transactions: TransactionRunner,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {
    super();
  }

  /**
   * Removes factors, backup codes and trusted devices; emits `TwoFactorCleared` and mails the user. Their sessions go on. Nothing happens beyond that where
   * there was nothing. @throws core.user_not_found
   */
  override async reset(userId: string, { actorId, reason }: ResetOrder, client: ClientInfo): Promise<void> {
    await this.transactions.run(async () => {
      const user = await this.users.get(userId);
      const { methods } = await this.removal.remove(userId, client);
      if (methods.length === 0) return;
      const now = this.clock.now();
      await this.events.emit(new TwoFactorCleared(userId, methods, actorId, reason, client, now));
      await this.notices.send(user, 'two_factor_reset', {});
    });
  }
}
