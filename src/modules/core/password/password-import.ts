import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { CoreErrors } from '../core.errors.js';
import { CredentialRevocation } from '../user/credential-revocation.js';
import type { UserRecord } from '../user/user.js';
import { UserRepository } from '../user/user.repository.js';
import { PasswordHasher } from './password-hasher.js';

/** Takes over password hashes of another system; they are renewed when their owners sign in. */
@Injectable()
export class PasswordImport {
  constructor(
    private readonly users: UserRepository,
    private readonly hasher: PasswordHasher,
    private readonly credentials: CredentialRevocation,
    private readonly transactions: TransactionRunner,
  ) {}

  /**
   * A hash of an unknown format or an absurd cost is refused at once, before it could cost anything.
   * @throws core.unsupported_password_hash
   */
  assertSupported(passwordHash: string): void {
    assertThat(this.hasher.isSupported(passwordHash), CoreErrors.unsupported_password_hash);
  }

  /** Replaces the password of an account by a hash; its sessions end. @throws core.unsupported_password_hash, core.user_not_found */
  async importPasswordHash(userId: string, passwordHash: string, client: ClientInfo): Promise<UserRecord> {
    this.assertSupported(passwordHash);
    return this.transactions.run(async () => {
      const user = await this.users.setPassword(userId, passwordHash);
      assertThat(user, CoreErrors.user_not_found);
      await this.credentials.revoke(userId, 'admin_set_password', client, {
        tokenVersion: user.tokenVersion,
      });
      return user;
    });
  }
}
