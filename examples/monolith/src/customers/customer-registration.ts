import { Injectable } from '@nestjs/common';
import { OnAuthEvent, TypeOrmContext, UserRegistered, UserService } from '../../../../src/index.js';
import { User } from './user.entity.js';

/**
 * Makes the host's row for a new account, inside the transaction that makes the account: both are there, or neither. In that transaction the database is
 * reached through Castellan's `TypeOrmContext`; the host's own repositories would use another connection, and not see the account.
 */
@Injectable()
export class CustomerRegistration {
  constructor(
    private readonly accounts: UserService,
    private readonly context: TypeOrmContext,
  ) {}

  @OnAuthEvent(UserRegistered, { phase: 'transaction' })
  async createCustomer({ userId }: UserRegistered): Promise<void> {
    const { name, username, email } = await this.accounts.get(userId);
    await this.context.manager.insert(User, {
      displayName: name ?? username ?? email ?? 'Customer',
      castellanUserId: userId,
    });
  }
}
