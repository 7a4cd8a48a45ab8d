import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { CoreErrors } from '../core.errors.js';
import type { Principal } from '../extension/principal.js';
import { PasswordCheck } from '../login/password-check.js';
import { accountOf, Reauthentication } from '../user/reauthentication.js';
import type { UserRecord } from '../user/user.js';
import { UserService } from '../user/user.service.js';
import { NewPassword } from './new-password.js';
import { PasswordReplacement } from './password-replacement.js';

export interface PasswordChangeRequest {
  /** Needed where the account has a password. */
  readonly currentPassword?: string;
  readonly newPassword: string;
}

/** Passwords of known accounts. */
@Injectable()
export class PasswordService {
  constructor(
    private readonly users: UserService,
    private readonly passwords: PasswordCheck,
    private readonly proof: Reauthentication,
    private readonly newPasswords: NewPassword,
    private readonly replacement: PasswordReplacement,
    private readonly transactions: TransactionRunner,
  ) {}

  /**
   * Changes the password, or sets the first one within ten minutes of signing in. The session at hand goes on, all others end.
   * @throws core.current_password_required, core.invalid_credentials, core.locked, core.reauthentication_required, and what `NewPassword.hash` throws
   */
  async change(
    principal: Principal,
    { currentPassword, newPassword }: PasswordChangeRequest,
    client: ClientInfo,
  ): Promise<void> {
    const user = await this.prove(principal, currentPassword, client);
    const passwordHash = await this.newPasswords.hash(newPassword, user, 'new_password');
    const replacement = { passwordHash, reason: 'password_change', keep: principal.sessionId } as const;
    await this.transactions.run(() => this.replacement.replace(user, replacement, client));
  }

  /**
   * Sets a password for somebody else, for whoever has the right to; ends every session and tells the user. `before` runs first in the transaction, to ask
   * for that right once more.
   * @throws core.user_not_found, and what `NewPassword.hash` throws
   */
  async setByAdmin(
    userId: string,
    password: string,
    client: ClientInfo,
    before: () => Promise<unknown> = () => Promise.resolve(),
  ): Promise<UserRecord> {
    const user = await this.users.get(userId);
    const passwordHash = await this.newPasswords.hash(password, user);
    return this.transactions.run(async () => {
      await before();
      return this.replacement.replace(user, { passwordHash, reason: 'admin_set_password' }, client);
    });
  }

  private async prove(
    principal: Principal,
    currentPassword: string | undefined,
    client: ClientInfo,
  ): Promise<UserRecord> {
    const user = await this.users.get(accountOf(principal));
    if (user.passwordHash === null) {
      // Whatever is sent as the current password: there is none to compare it with.
      assertThat(this.proof.isRecent(principal), CoreErrors.reauthentication_required);
      return user;
    }
    assertThat(currentPassword !== undefined, CoreErrors.current_password_required, {
      fields: [{ field: 'current_password', code: 'required', message: 'The current password is required.' }],
    });
    return this.passwords.forUser(user.id, currentPassword, client);
  }
}
