import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { CoreErrors } from '../core.errors.js';
import { ResolvedCoreOptions } from '../core.options.js';
import type { UserRecord } from '../user/user.js';
import { parseUsername } from '../user/username.js';
import { VerificationMessages } from '../verification/verification-messages.js';
import { WelcomeMail } from '../verification/welcome-mail.js';
import { AccountCreation, type NewAccount } from './account-creation.js';
import { RegistrationAccess } from './registration-access.js';

/** Signs up somebody who comes without a password, on a proof from outside: a provider's, or a link's. */
@Injectable()
export class OutsideRegistration {
  constructor(
    private readonly accounts: AccountCreation,
    private readonly verification: VerificationMessages,
    private readonly welcome: WelcomeMail,
    private readonly access: RegistrationAccess,
    private readonly options: ResolvedCoreOptions,
  ) {}

  /**
   * Joins the transaction; the messages go out with its commit. An address that is not proven is asked to be. Where sign-up is by invitation, the proven
   * address needs one, which is used up.
   * @throws core.registration_closed, core.registration_invite_only, core.email_not_verified where the proof is required and missing,
   * core.invalid_username, core.username_reserved, core.email_taken, core.username_taken
   */
  async register(account: NewAccount, client: ClientInfo): Promise<UserRecord> {
    const ticket = await this.access.enter(account.emailVerified ? (account.email ?? null) : null);
    const { emailVerification, reservedUsernames } = this.options;
    const unproven = (account.email ?? null) !== null && !account.emailVerified;
    assertThat(!unproven || emailVerification === 'optional', CoreErrors.email_not_verified);
    const username = account.username ? parseUsername(account.username, reservedUsernames) : null;
    const user = await this.accounts.create({ ...account, username }, client);
    await ticket.use(user, client);
    await this.verification.proveAddressesOf(user);
    await this.welcome.send(user);
    return user;
  }
}
