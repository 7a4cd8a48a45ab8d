import { Injectable } from '@nestjs/common';
import { ContributesUserData, UserDataContributor, type UserRecord } from '../../core/index.js';
import { AccountRepository } from './account.repository.js';

/** Accounts at providers, without their tokens. */
@ContributesUserData({ order: 100 })
@Injectable()
export class AccountData extends UserDataContributor {
  override readonly section = 'oauth_accounts';

  constructor(private readonly accounts: AccountRepository) {
    super();
  }

  override async *collect({ id }: UserRecord): AsyncGenerator<object> {
    for (const account of await this.accounts.findByUserId(id))
      yield {
        id: account.id,
        provider: account.provider,
        provider_account_id: account.providerAccountId,
        issuer: account.issuer,
        username: account.providerUsername,
        email: account.providerEmail,
        email_verified: account.emailVerified,
        scopes: account.scopes,
        last_used_at: account.lastUsedAt.toISOString(),
        created_at: account.createdAt.toISOString(),
      };
  }
}
