import { Injectable } from '@nestjs/common';
import { Maintains, MaintenanceTask } from '../../core/index.js';
import type { AccountRecord } from './account.js';
import { AccountRepository } from './account.repository.js';
import { ProviderTokenVault } from './provider-token-vault.js';
import { RefreshClaims } from './refresh-claims.js';

const BATCH = 200;

/** Seals tokens under the newest secret, so that an older one can be taken out of `AUTH_SECRETS`. */
@Maintains(true)
@Injectable()
export class TokenResealingTask extends MaintenanceTask {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly vault: ProviderTokenVault,
    private readonly claims: RefreshClaims,
  ) {
    super();
  }

  override async run(): Promise<void> {
    const older = this.vault.olderKeyIds;
    if (older.length === 0) return;
    for (let resealed = BATCH; resealed === BATCH;) {
      resealed = 0;
      for (const { id } of await this.accounts.listSealedBy(older, BATCH)) {
        // Under a claim: a refresh that is under way looks for the tokens as it knew them. It seals anew itself.
        if (await this.claims.hold(id, (account) => this.reseal(account))) resealed += 1;
      }
    }
  }

  private async reseal(account: AccountRecord): Promise<boolean> {
    const { id, accessToken, refreshToken } = account;
    const sealed = this.vault.reseal(account);
    // Lost to a sign-in in between, which has sealed anew itself.
    return (
      sealed !== null &&
      (await this.accounts.replaceTokens(id, { accessToken, refreshToken }, sealed)) !== null
    );
  }
}
