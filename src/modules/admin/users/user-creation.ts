import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import {
  AccountCreation,
  CoreErrors,
  NewPassword,
  parseEmailAddress,
  parsePhoneNumber,
  parseUsername,
  PasswordSetupMessages,
  type Principal,
  ResolvedCoreOptions,
  UpdateProfileRequest,
  type UserRecord,
} from '../../core/index.js';
import { AdminActors } from '../access/admin-actors.js';
import { AdminUserCreated } from '../admin.events.js';
import { AdminOptions } from '../admin.options.js';
import { ADMIN_PERMISSIONS } from '../admin.permissions.js';
import type { CreateUserRequest } from './admin-user.dto.js';

/** Makes accounts for others, whatever the policy for sign-up. */
@Injectable()
export class UserCreation {
  constructor(
    private readonly actors: AdminActors,
    private readonly accounts: AccountCreation,
    private readonly passwords: NewPassword,
    private readonly setup: PasswordSetupMessages,
    private readonly transactions: TransactionRunner,
    private readonly options: ResolvedCoreOptions,
    private readonly admin: AdminOptions,
  ) {}

  /**
   * Without a password, and unless `notify` is off, the user is sent a link to choose one.
   * @throws core.identifier_required, core.invalid_email …, core.email_taken …, core.password_*
   */
  async create(principal: Principal, body: CreateUserRequest, client: ClientInfo): Promise<UserRecord> {
    const actor = await this.actors.require(principal, ADMIN_PERMISSIONS.create);
    const identifiers = this.identifiersOf(body);
    const { password } = body;
    const passwordHash = password === undefined ? null : await this.passwords.hash(password, identifiers);
    const account = {
      ...UpdateProfileRequest.changesOf(body),
      ...identifiers,
      passwordHash,
      emailVerified: identifiers.email !== null && body.email_verified === true,
      phoneNumberVerified: identifiers.phoneNumber !== null && body.phone_number_verified === true,
    };
    return this.transactions.run(async () => {
      const user = await this.accounts.create(
        account,
        client,
        (id, at) => new AdminUserCreated(id, actor.userId, 'admin', client, at),
      );
      if (passwordHash === null && body.notify !== false)
        await this.setup.send(user, 'password_setup', this.admin.passwordLinkTtlMs);
      return user;
    });
  }

  private identifiersOf({ email, phone_number: phoneNumber, username }: CreateUserRequest): {
    email: string | null;
    phoneNumber: string | null;
    username: string | null;
  } {
    assertThat(email ?? phoneNumber ?? username, CoreErrors.identifier_required);
    return {
      email: email === undefined ? null : parseEmailAddress(email),
      phoneNumber: phoneNumber === undefined ? null : parsePhoneNumber(phoneNumber),
      username: username === undefined ? null : parseUsername(username, this.options.reservedUsernames),
    };
  }
}
