import { Injectable } from '@nestjs/common';
import { EventBus } from '../../../shared/events/event-bus.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { IdGenerator } from '../../../shared/ids/id-generator.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { Clock } from '../../../shared/time/clock.js';
import { EmailVerified, PhoneNumberVerified, UserRegistered } from '../core.events.js';
import { takenError, writtenUser } from '../user/unique-write.js';
import type { NewUser, UserRecord } from '../user/user.js';
import { UserRepository } from '../user/user.repository.js';
import { UsernameProposals } from '../user/username-proposals.js';

/** An account to be; identifiers are parsed already. */
export interface NewAccount extends Omit<NewUser, 'id' | 'createdAt'> {
  /** What a provider calls the user: a username is derived from it, before email and name. */
  readonly preferredUsername?: string | null;
}

/** The one way in which accounts come to be: sign-up, providers, links and invitations all create them here. */
@Injectable()
export class AccountCreation {
  constructor(
    private readonly users: UserRepository,
    private readonly transactions: TransactionRunner,
    private readonly events: EventBus,
    private readonly ids: IdGenerator,
    private readonly clock: Clock,
    private readonly proposals: UsernameProposals,
  ) {}

  /**
   * Creates the account and announces it; joins the transaction. Without a username one is derived from the preferred one, the email
   * address or the name; an account of a phone number alone has none.
   * @param announcement the event that tells of it, where somebody else than the user makes it
   * @throws core.email_taken, core.username_taken, core.phone_number_taken
   */
  async create(
    { preferredUsername, ...account }: NewAccount,
    client: ClientInfo,
    announcement = (userId: string, at: Date): UserRegistered => new UserRegistered(userId, client, at),
  ): Promise<UserRecord> {
    return this.transactions.run(async () => {
      const createdAt = this.clock.now();
      const user = await this.insert(
        { ...account, id: this.ids.next(), createdAt },
        preferredUsername ?? null,
      );
      await this.events.emit(announcement(user.id, createdAt));
      if (user.emailVerified) await this.events.emit(new EmailVerified(user.id, client, createdAt));
      if (user.phoneNumberVerified)
        await this.events.emit(new PhoneNumberVerified(user.id, client, createdAt));
      return user;
    });
  }

  private async insert(user: NewUser, preferred: string | null): Promise<UserRecord> {
    const { username, email, name } = user;
    if (username || !(email ?? name ?? preferred)) return writtenUser(await this.users.create(user));
    for await (const candidate of this.proposals.of({ email, name, preferred })) {
      const write = await this.users.create({ ...user, username: candidate });
      if (!('conflict' in write) || write.conflict !== 'username') return writtenUser(write);
    }
    throw takenError('username');
  }
}
