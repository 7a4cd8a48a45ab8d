import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { UserRepository, WaysIn } from '../../core/index.js';
import { OAuthErrors } from '../oauth.errors.js';
import { OAuthProviders } from '../provider/oauth-providers.js';
import { AccountRepository, type RemainingWays } from './account.repository.js';

/** What lets a user in without one of their accounts at providers. */
@Injectable()
export class RemainingWaysIn {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly users: UserRepository,
    private readonly ways: WaysIn,
    private readonly providers: OAuthProviders,
  ) {}

  /** Inside a transaction: the user's row is locked, so that it holds to the end. @throws oauth.account_not_found where the user is gone */
  async lockedOf(userId: string): Promise<RemainingWays> {
    const user = (await this.accounts.lockOwner(userId)) ? await this.users.findById(userId) : null;
    assertThat(user, OAuthErrors.account_not_found);
    // An account at a provider that is no longer configured lets nobody in.
    return { other: await this.ways.areLeftTo(user), providers: this.providers.ids };
  }
}
