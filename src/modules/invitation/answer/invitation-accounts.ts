import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { AuthError } from '../../../shared/errors/auth-error.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import {
  AccountCheck,
  AccountCreation,
  AddressClaim,
  CoreErrors,
  type UserRecord,
  UserRepository,
  WelcomeMail,
} from '../../core/index.js';
import { InvitationErrors } from '../invitation.errors.js';
import type { Invitee } from '../scope/invitation-scope.js';

/** An account to be made with an invitation: its fields parsed, its password hashed. */
export interface PreparedAccount {
  readonly email: string;
  readonly username: string | null;
  readonly passwordHash: string;
  readonly name?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly locale?: string;
}

/** Accounts of invited addresses, which the link has proven. */
@Injectable()
export class InvitationAccounts {
  constructor(
    private readonly users: UserRepository,
    private readonly creation: AccountCreation,
    private readonly claims: AddressClaim,
    private readonly accounts: AccountCheck,
    private readonly welcome: WelcomeMail,
  ) {}

  /** Whoever registered with the address and has not proven it. @throws invitation.sign_in_required where somebody has */
  async unprovenOwner(email: string): Promise<UserRecord | null> {
    const user = await this.users.findByEmail(email);
    if (user?.emailVerified) throw new AuthError(InvitationErrors.sign_in_required);
    return user;
  }

  /**
   * A new account, or the one that nobody had proven, which keeps its name and loses everything that opens it; joins the transaction.
   * @throws invitation.sign_in_required, core.username_taken, core.email_taken, core.account_banned …
   */
  async make(account: PreparedAccount, client: ClientInfo): Promise<Invitee> {
    const owner = await this.unprovenOwner(account.email);
    const user = owner ? await this.claim(owner, account, client) : await this.create(account, client);
    return { user, registered: true };
  }

  private async create(account: PreparedAccount, client: ClientInfo): Promise<UserRecord> {
    const user = await this.creation.create({ ...account, emailVerified: true }, client);
    await this.welcome.send(user);
    return user;
  }

  private async claim(
    owner: UserRecord,
    { email, passwordHash }: PreparedAccount,
    client: ClientInfo,
  ): Promise<UserRecord> {
    this.accounts.assertMayAct({ ...owner, emailVerified: true });
    const claimed = await this.claims.claim(owner, { field: 'email', value: email }, client);
    const { tokenVersion } = claimed;
    const user = await this.users.setPassword(claimed.id, passwordHash, { tokenVersion });
    assertThat(user, CoreErrors.invalid_code);
    return user;
  }
}
