import { Injectable } from '@nestjs/common';
import type { ClientInfo } from '../../shared/http/client-info.js';
import {
  AccountCreation,
  parseUsername,
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
    private readonly options: ResolvedMagicLinkOptions,
    private readonly core: ResolvedCoreOptions,
  ) {}

  /** Sign-up has to be open, and a proven email address has to be enough for it. */
  get open(): boolean {
    const { registration, emailVerification, phoneVerification } = this.core;
    const emailIsEnough = phoneVerification === 'optional' || emailVerification === 'required';
    return this.options.autoRegister && registration === 'open' && emailIsEnough;
  }

  /** The username as it will be kept. @throws core.invalid_username, core.username_reserved */
  parseUsername(username: string | undefined): string | null {
    return username === undefined ? null : parseUsername(username, this.core.reservedUsernames);
  }

  /**
   * Joins the transaction that consumes the proof. Without a username one is derived from the address.
   * @throws core.username_taken, core.email_taken where somebody signed up meanwhile
   */
  async register({ email, username, locale }: ProvenAddress, client: ClientInfo): Promise<UserRecord> {
    const user = await this.accounts.create({ email, emailVerified: true, username, locale }, client);
    await this.welcome.send(user);
    return user;
  }
}
