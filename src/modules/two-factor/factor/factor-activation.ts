import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { EventBus } from '../../../shared/events/event-bus.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { Clock } from '../../../shared/time/clock.js';
import type { UserRecord } from '../../core/index.js';
import { BackupCodesService, type PreparedCodes } from '../backup-code/backup-codes.service.js';
import { TwoFactorNotices } from '../two-factor-notices.js';
import { TwoFactorErrors } from '../two-factor.errors.js';
import { TwoFactorEnabled } from '../two-factor.events.js';
import type { TwoFactorMethod } from './two-factor.js';
import { TwoFactorRepository } from './two-factor.repository.js';

export interface ActivationLimit {
  /** Refuses where the user has a method by now: for whoever has not shown one. @default false */
  readonly onlyFirst?: boolean;
}

/** Makes a confirmed method count, and with a user's first one their backup codes: all of it, or nothing. */
@Injectable()
export class FactorActivation {
  constructor(
    private readonly factors: TwoFactorRepository,
    private readonly codes: BackupCodesService,
    private readonly notices: TwoFactorNotices,
    private readonly transactions: TransactionRunner,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /**
   * `store` enables the method in the transaction, and says whether it could. Returns the backup codes, this once; `null` where the user has some from
   * another method.
   * @throws two_factor.invalid_code where it could not, or the account is gone; core.hashing_busy
   */
  async activate(
    user: UserRecord,
    method: TwoFactorMethod,
    store: () => Promise<boolean>,
    client: ClientInfo,
    { onlyFirst = false }: ActivationLimit = {},
  ): Promise<readonly string[] | null> {
    const prepared = (await this.hasAny(user.id)) ? null : await this.codes.prepare(user.id);
    return this.transactions.run(async () => {
      assertThat(await this.factors.lock(user.id), TwoFactorErrors.invalid_code);
      // Another one may have been confirmed meanwhile: its codes have been shown, and go on.
      const another = await this.hasAny(user.id);
      assertThat(!(onlyFirst && another), TwoFactorErrors.invalid_code);
      const codes = another ? null : prepared;
      assertThat(await store(), TwoFactorErrors.invalid_code);
      if (codes) await this.codes.store(user.id, codes);
      await this.events.emit(new TwoFactorEnabled(user.id, [method], client, this.clock.now()));
      await this.notices.enabled(user, method);
      return textsOf(codes);
    });
  }

  private async hasAny(userId: string): Promise<boolean> {
    return (await this.factors.findByUserId(userId)).some(({ enabled }) => enabled);
  }
}

function textsOf(codes: PreparedCodes | null): readonly string[] | null {
  return codes && codes.texts;
}
