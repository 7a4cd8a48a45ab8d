import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { EventBus } from '../../../shared/events/event-bus.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { Clock } from '../../../shared/time/clock.js';
import type { UserRecord } from '../../core/index.js';
import { TwoFactorNotices } from '../two-factor-notices.js';
import { TwoFactorErrors } from '../two-factor.errors.js';
import { BackupCodeUsed } from '../two-factor.events.js';
import { BackupCodeRepository } from './backup-code.repository.js';

/** Uses up backup codes, and tells of it. */
@Injectable()
export class BackupCodeUses {
  constructor(
    private readonly codes: BackupCodeRepository,
    private readonly notices: TwoFactorNotices,
    private readonly transactions: TransactionRunner,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /** Of any number of simultaneous calls one passes. @throws two_factor.invalid_code */
  async use(user: UserRecord, codeId: string, client: ClientInfo): Promise<void> {
    const now = this.clock.now();
    await this.transactions.run(async () => {
      assertThat(await this.codes.markUsed(codeId, now), TwoFactorErrors.invalid_code);
      const left = await this.codes.countUnused(user.id);
      await this.events.emit(new BackupCodeUsed(user.id, left, client, now));
      await this.notices.send(user, 'backup_code_used', { left });
    });
  }
}
