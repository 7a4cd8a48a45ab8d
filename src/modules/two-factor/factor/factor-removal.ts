import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { CoreErrors, TokenRepository } from '../../core/index.js';
import { BackupCodeRepository } from '../backup-code/backup-code.repository.js';
import { TrustedDevicesService } from '../trusted-device/trusted-devices.service.js';
import type { TwoFactorMethod } from './two-factor.js';
import { TwoFactorRepository } from './two-factor.repository.js';

export interface RemovedFactors {
  /** Those that were enabled. */
  readonly methods: readonly TwoFactorMethod[];
  /** Whether none is left. */
  readonly all: boolean;
}

/** Takes factors away with what hangs on them; it tells nobody, and asks for no right. */
@Injectable()
export class FactorRemoval {
  constructor(
    private readonly factors: TwoFactorRepository,
    private readonly codes: BackupCodeRepository,
    private readonly devices: TrustedDevicesService,
    private readonly tokens: TokenRepository,
    private readonly transactions: TransactionRunner,
  ) {}

  /**
   * Joins the transaction. Trusted devices go in any case: one may be what was lost. Backup codes go with the last method.
   * @param methods all where left out
   * @throws core.user_not_found
   */
  async remove(
    userId: string,
    client: ClientInfo,
    methods?: readonly TwoFactorMethod[],
  ): Promise<RemovedFactors> {
    return this.transactions.run(async () => {
      assertThat(await this.factors.lock(userId), CoreErrors.user_not_found);
      const removed = await this.factors.remove(userId, methods);
      const left = await this.factors.findByUserId(userId);
      const all = !left.some(({ enabled }) => enabled);
      if (all) await this.codes.deleteByUserId(userId);
      await this.tokens.deleteByUserId(userId, ['two_factor_code', 'two_factor_enrolment']);
      await this.devices.endAll(userId, client);
      return { methods: removed, all };
    });
  }
}
