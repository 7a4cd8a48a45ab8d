import { Injectable } from '@nestjs/common';
import type { ClientInfo } from '../../shared/http/client-info.js';
import {
  AccountCreation,
  parseUsername,
  RegistrationAccess,
  ResolvedCoreOptions,
  type UserRecord,
  WelcomeMail,
} from '../core/index.js';
import { ResolvedMagicLinkOptions } from './magic-link.options.js';

/** What a new account by link is made of. */
export interface ProvenAddress {
  readonly email: string;
  readonly username: string | null;
  readonly locale: string | null;
}

/** Makes accounts of addresses that nobody has, where that is wanted. */
@Injectable()
export class AutoRegistration {
  constructor(
    private readonly accounts: AccountCreation,
    private readonly welcome: WelcomeMail,
    private readonly access: RegistrationAccess,
    private readonly options: ResolvedMagicLinkOptions,
    private readonly core: ResolvedCoreOptions,
  ) {}

  /** Sign-up has to be open, or the address invited, and a proven email address has to be enough for an account. */
  async isOpenTo(email: string): Promise<boolean> {
    const { emailVerification, phoneVerification } = this.core;
    const emailIsEnough = phoneVerification === 'optional' || emailVerification === 'required';
    return this.options.autoRegister && emailIsEnough && (await this.access.isOpenTo(email));
  }

  /** The username as it will be kept. @throws core.invalid_username, core.username_reserved */
  parseUsername(username: string | undefined): string | null {
    return username === undefined ? null : parseUsername(username, this.core.reservedUsernames);
  }

  /**
   * Joins the transaction that consumes the proof. Without a username one is derived from the address.
   * @throws core.username_taken, core.email_taken where somebody signed up meanwhile, core.registration_invite_only
   */
  async register({ email, username, locale }: ProvenAddress, client: ClientInfo): Promise<UserRecord> {
    const ticket = await this.access.enter(email);
    const user = await this.accounts.create({ email, emailVerified: true, username, locale }, client);
    await ticket.use(user, client);
    await this.welcome.send(user);
    return user;
  }
}
