import { Injectable } from '@nestjs/common';
import { AccountCheck, type UserRecord, UserRepository } from '../../core/index.js';

/** Accounts that have invited somebody. */
@Injectable()
export class Inviters {
  constructor(
    private readonly users: UserRepository,
    private readonly accounts: AccountCheck,
  ) {}

  /** The account, if it may act: one that is banned or gone invites nobody any more. */
  async find(inviterId: string): Promise<UserRecord | null> {
    const user = await this.users.findById(inviterId);
    return user && this.accounts.mayAct(user) ? user : null;
  }
}
