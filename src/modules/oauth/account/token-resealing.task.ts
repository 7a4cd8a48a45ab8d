import { Injectable } from '@nestjs/common';
import { Maintains, MaintenanceTask } from '../../core/index.js';
import { AccountRepository } from './account.repository.js';
import { ProviderTokenVault } from './provider-token-vault.js';

const BATCH = 200;

/** Seals tokens under the newest secret, so that an older one can be taken out of `AUTH_SECRETS`. */
@Maintains(true)
@Injectable()
export class TokenResealingTask extends MaintenanceTask {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly vault: ProviderTokenVault,
  ) {
    super();
  }

  override async run(): Promise<void> {
    const older = this.vault.olderKeyIds;
    if (older.length === 0) return;
    for (let resealed = BATCH; resealed === BATCH;) {
      resealed = 0;
      for (const account of await this.accounts.listSealedBy(older, BATCH)) {
        const { accessToken, refreshToken } = account;
        const sealed = this.vault.reseal(account);
        // Lost to a sign-in or a refresh in between, which have sealed anew themselves.
        if (sealed && (await this.accounts.replaceTokens(account.id, { accessToken, refreshToken }, sealed)))
          resealed += 1;
      }
    }
  }
}
