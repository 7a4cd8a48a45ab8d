import { Injectable } from '@nestjs/common';
import { SYSTEM_CLIENT } from '../../../shared/http/client-info.js';
import { SuperAdminCreated } from '../core.events.js';
import { NewPassword } from '../password/new-password.js';
import { AccountCreation } from '../registration/account-creation.js';
import { parseEmailAddress } from './email-address.js';
import type { UserRecord } from './user.js';

/** Makes super admins for an operator, who vouches for the address. */
@Injectable()
export class AdminCreation {
  constructor(
    private readonly accounts: AccountCreation,
    private readonly passwords: NewPassword,
  ) {}

  /** @throws core.invalid_email, core.password_*, core.email_taken */
  async create(address: string, password: string): Promise<UserRecord> {
    const email = parseEmailAddress(address);
    const passwordHash = await this.passwords.hash(password, { email });
    return this.accounts.create(
      { email, passwordHash, emailVerified: true, isSuperAdmin: true },
      SYSTEM_CLIENT,
      (id, at) => new SuperAdminCreated(id, SYSTEM_CLIENT, at),
    );
  }
}
