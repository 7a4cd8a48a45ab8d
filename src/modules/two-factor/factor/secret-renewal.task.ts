import { Injectable, Logger } from '@nestjs/common';
import { Maintains, MaintenanceTask } from '../../core/index.js';
import { TotpSecrets } from './totp-secrets.js';
import type { TwoFactorRecord } from './two-factor.js';
import { TwoFactorRepository } from './two-factor.repository.js';

const BATCH = 100;

/**
 * Seals TOTP secrets anew under the first of the deployment's secrets, so that an older one can be taken away once none is left under it. May be stopped at
 * any point, and run twice.
 */
@Maintains(true)
@Injectable()
export class SecretRenewalTask extends MaintenanceTask {
  private readonly logger = new Logger(SecretRenewalTask.name);

  constructor(
    private readonly factors: TwoFactorRepository,
    private readonly secrets: TotpSecrets,
  ) {
    super();
  }

  override async run(): Promise<void> {
    // Else the whole table would be read every few minutes for nothing.
    if (!this.secrets.hasOlderKeys) return;
    const prefix = this.secrets.currentPrefix;
    let last: string | null = null;
    for (;;) {
      const batch: TwoFactorRecord[] = await this.factors.findSealedOtherwise(prefix, last, BATCH);
      for (const factor of batch) await this.renew(factor);
      last = batch.at(-1)?.id ?? last;
      if (batch.length < BATCH) return;
    }
  }

  private async renew(factor: TwoFactorRecord): Promise<void> {
    const { id, userId, secret, pendingSecret } = factor;
    try {
      const under = (sealed: string | null): string | null => sealed && this.secrets.renew(userId, sealed);
      await this.factors.reseal(factor, { secret: under(secret), pendingSecret: under(pendingSecret) });
    } catch (error) {
      // One row that cannot be read must not keep the others under the old secret.
      this.logger.error(`The TOTP secret of ${id} cannot be sealed anew.`, error);
    }
  }
}
