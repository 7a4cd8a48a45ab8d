import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { EventBus } from '../../../shared/events/event-bus.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { Clock } from '../../../shared/time/clock.js';
import type { UserRecord } from '../../core/index.js';
import { TwoFactorRepository } from '../factor/two-factor.repository.js';
import { TwoFactorNotices } from '../two-factor-notices.js';
import { TwoFactorErrors } from '../two-factor.errors.js';
import { BackupCodesReplaced } from '../two-factor.events.js';
import { BackupCodesService } from './backup-codes.service.js';

/** Makes new backup codes in place of the older ones; whoever calls it has asked for a proof. */
@Injectable()
export class BackupCodeRenewal {
  constructor(
    private readonly factors: TwoFactorRepository,
    private readonly codes: BackupCodesService,
    private readonly notices: TwoFactorNotices,
    private readonly transactions: TransactionRunner,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /** @throws two_factor.method_not_enabled where nothing is set up; core.hashing_busy */
  async renew(user: UserRecord, client: ClientInfo): Promise<readonly string[]> {
    const prepared = await this.codes.prepare(user.id);
    await this.transactions.run(async () => {
      await this.factors.lock(user.id);
      const factors = await this.factors.findByUserId(user.id);
      assertThat(
        factors.some(({ enabled }) => enabled),
        TwoFactorErrors.method_not_enabled,
      );
      await this.codes.store(user.id, prepared);
      await this.events.emit(new BackupCodesReplaced(user.id, client, this.clock.now()));
      await this.notices.send(user, 'backup_codes_replaced', {});
    });
    return prepared.texts;
  }
}
