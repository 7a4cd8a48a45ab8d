import { Injectable } from '@nestjs/common';
import { EventBus } from '../../../shared/events/event-bus.js';
import { SYSTEM_CLIENT } from '../../../shared/http/client-info.js';
import { IdGenerator } from '../../../shared/ids/id-generator.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { Clock } from '../../../shared/time/clock.js';
import { SuperAdminCreated } from '../core.events.js';
import { NewPassword } from '../password/new-password.js';
import { parseEmailAddress } from './email-address.js';
import type { UserRecord } from './user.js';
import { UserRepository } from './user.repository.js';

/** Makes the first super admin. */
@Injectable()
export class AdminBootstrap {
  constructor(
    private readonly users: UserRepository,
    private readonly passwords: NewPassword,
    private readonly transactions: TransactionRunner,
    private readonly events: EventBus,
    private readonly ids: IdGenerator,
    private readonly clock: Clock,
  ) {}

  /**
   * `null`: there is a super admin already, or the address has another account. The operator vouches for the address.
   * @throws core.invalid_email, core.password_*
   */
  async createFirst(address: string, password: string): Promise<UserRecord | null> {
    const email = parseEmailAddress(address);
    const passwordHash = await this.passwords.hash(password, { email });
    const createdAt = this.clock.now();
    return this.transactions.run(async () => {
      const admin = await this.users.createFirstSuperAdmin({
        id: this.ids.next(),
        email,
        passwordHash,
        emailVerified: true,
        createdAt,
      });
      if (admin) await this.events.emit(new SuperAdminCreated(admin.id, SYSTEM_CLIENT, createdAt));
      return admin;
    });
  }
}
