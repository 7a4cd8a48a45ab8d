import { Injectable } from '@nestjs/common';
import { EventBus } from '../../../shared/events/event-bus.js';
import { OnAuthEvent } from '../../../shared/events/on-auth-event.js';
import { AddressClaimed, StepsIntoUserDeletion, UserDeletionStep } from '../../core/index.js';
import { OAuthAccountUnlinked } from '../oauth.events.js';
import { AccountRepository } from './account.repository.js';

/** Accounts at providers end with what they opened: with a deleted user, and with one that goes to whoever proved its address. */
@StepsIntoUserDeletion({ order: 0 })
@Injectable()
export class AccountVoiding extends UserDeletionStep {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly events: EventBus,
  ) {
    super();
  }

  /** A new registration may link them again; a restored user has to. */
  override async beforeDelete(userId: string): Promise<void> {
    await this.accounts.deleteByUserId(userId);
  }

  @OnAuthEvent(AddressClaimed, { phase: 'transaction' })
  async onAddressClaimed({ userId, client, occurredAt }: AddressClaimed): Promise<void> {
    for (const { id, provider } of await this.accounts.deleteByUserId(userId))
      await this.events.emit(
        new OAuthAccountUnlinked(userId, id, provider, 'address_claimed', client, occurredAt),
      );
  }
}
