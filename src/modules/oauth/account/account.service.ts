import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { AuthError } from '../../../shared/errors/auth-error.js';
import { EventBus } from '../../../shared/events/event-bus.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { isUuid } from '../../../shared/ids/is-uuid.js';
import { defineListing, type ListingOpts } from '../../../shared/listing/listing.js';
import { type Page, toPage } from '../../../shared/listing/page.js';
import { keyFrom } from '../../../shared/listing/paginate.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { Clock } from '../../../shared/time/clock.js';
import { OAuthErrors } from '../oauth.errors.js';
import { OAuthAccountUnlinked } from '../oauth.events.js';
import type { AccountRecord } from './account.js';
import { AccountRepository, type AccountSortField } from './account.repository.js';
import { RemainingWaysIn } from './remaining-ways.js';

export const accountListing = defineListing({
  sortable: ['created_at', 'last_used_at', 'provider'],
  defaultSort: 'created_at',
});

const keyOf = keyFrom<AccountRecord, AccountSortField>({
  created_at: (account) => account.createdAt,
  last_used_at: (account) => account.lastUsedAt,
  provider: (account) => account.provider,
});

/** A user's accounts at providers, as the user sees them. */
@Injectable()
export class AccountService {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly ways: RemainingWaysIn,
    private readonly transactions: TransactionRunner,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  async list(userId: string, options: ListingOpts): Promise<Page<AccountRecord>> {
    const listing = accountListing.normalize(options);
    const { rows, total } = await this.accounts.listByUser(userId, listing);
    return toPage(listing, rows, total, keyOf);
  }

  /**
   * Takes an account off the user, with the tokens that the provider gave; the provider is not told.
   * @throws oauth.account_not_found, for somebody else's too; oauth.last_way_in
   */
  async unlink(userId: string, id: string, client: ClientInfo): Promise<AccountRecord> {
    assertThat(isUuid(id), OAuthErrors.account_not_found);
    return this.transactions.run(async () => {
      const remaining = await this.ways.lockedOf(userId);
      const write = await this.accounts.unlink(userId, id, remaining);
      if ('refused' in write) {
        const { refused } = write;
        throw new AuthError(refused === 'missing' ? OAuthErrors.account_not_found : OAuthErrors.last_way_in);
      }
      const { account } = write;
      await this.events.emit(
        new OAuthAccountUnlinked(userId, account.id, account.provider, 'user', client, this.clock.now()),
      );
      return account;
    });
  }
}
