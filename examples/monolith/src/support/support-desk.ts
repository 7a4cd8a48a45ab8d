import { ConflictException, Injectable } from '@nestjs/common';
import {
  AccountLifecycleService,
  SessionService,
  SYSTEM_CLIENT,
  TransactionRunner,
  TypeOrmContext,
} from '../../../../src/index.js';
import { CustomersService } from '../customers/customers.service.js';
import { User } from '../customers/user.entity.js';

/** A plain provider of the host that calls Castellan's services. No HTTP request is anywhere near: who asks is `SYSTEM_CLIENT`. */
@Injectable()
export class SupportDesk {
  constructor(
    private readonly customers: CustomersService,
    private readonly accounts: AccountLifecycleService,
    private readonly sessions: SessionService,
    private readonly transactions: TransactionRunner,
    private readonly context: TypeOrmContext,
  ) {}

  /** One transaction over the host's table and Castellan's: the customer is suspended and the account banned with all its sessions, or nothing is. */
  async suspend(customerId: number, reason: string): Promise<void> {
    const accountId = await this.accountOf(customerId);
    await this.transactions.run(async () => {
      await this.context.manager.update(User, { id: customerId }, { suspended: true });
      await this.accounts.ban(accountId, { reason }, SYSTEM_CLIENT);
    });
  }

  /** Ends every session of a customer; returns how many. */
  async signOutEverywhere(customerId: number): Promise<number> {
    const accountId = await this.accountOf(customerId);
    return (await this.sessions.revokeAll(accountId, 'admin_revoke_all', SYSTEM_CLIENT)).length;
  }

  private async accountOf(customerId: number): Promise<string> {
    const { castellanUserId } = await this.customers.get(customerId);
    if (castellanUserId === null) throw new ConflictException('This customer has no account.');
    return castellanUserId;
  }
}
