import { Injectable } from '@nestjs/common';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import type { Principal } from '../extension/principal.js';
import { AccountRemovalService } from './account-removal.service.js';
import { accountOf, Reauthentication } from './reauthentication.js';

/** Users who leave. */
@Injectable()
export class AccountDeletionService {
  constructor(
    private readonly proof: Reauthentication,
    private readonly accounts: AccountRemovalService,
  ) {}

  /**
   * With the password, or within ten minutes of signing in.
   * @throws core.reauthentication_required, core.invalid_credentials, core.locked, and what `AccountRemovalService.softDelete` throws
   */
  async deleteOwn(principal: Principal, password: string | undefined, client: ClientInfo): Promise<void> {
    await this.proof.require(principal, password, client);
    await this.accounts.softDelete(accountOf(principal), client);
  }
}
