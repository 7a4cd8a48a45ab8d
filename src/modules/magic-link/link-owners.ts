import { Injectable } from '@nestjs/common';
import { assertThat } from '../../shared/errors/assert-that.js';
import type { ClientInfo } from '../../shared/http/client-info.js';
import {
  AccountCheck,
  AddressClaim,
  CoreErrors,
  emailKey,
  type TokenRecord,
  type UserRecord,
  UserRepository,
} from '../core/index.js';
import { AutoRegistration } from './auto-registration.js';
import { wishesOf } from './magic-link-secret.js';

export interface LinkOwner {
  readonly user: UserRecord;
  /** Whether the account has just been made. */
  readonly registered: boolean;
}

/** Whose link it is, once it has been proven. */
@Injectable()
export class LinkOwners {
  constructor(
    private readonly users: UserRepository,
    private readonly claims: AddressClaim,
    private readonly accounts: AccountCheck,
    private readonly registration: AutoRegistration,
  ) {}

  /**
   * The account that the link signs in, with its address proven; joins the transaction that consumes the secret, so that a refusal gives
   * the link back. Where nobody had proven the address, whoever registered with it loses the account (`AddressClaim`).
   * @throws core.invalid_code where the account is gone or has another address, core.account_banned, core.account_inactive,
   * core.phone_not_verified, core.username_taken, core.email_taken …
   */
  async claim(secret: TokenRecord, username: string | undefined, client: ClientInfo): Promise<LinkOwner> {
    const { userId, email } = secret;
    assertThat(email !== null, CoreErrors.invalid_code);
    // The one of the record, or, for an address that nobody had, whoever has signed up with it since.
    const user = await (userId === null ? this.users.findByEmail(email) : this.users.findById(userId));
    if (!user && userId === null) return this.register(secret, email, username, client);
    const own = user?.deletedAt === null ? user.email : null;
    assertThat(user && own !== null && emailKey(own) === emailKey(email), CoreErrors.invalid_code);
    const proven = await this.claims.claim(user, { field: 'email', value: own }, client);
    this.accounts.assertMayAct(proven);
    return { user: proven, registered: false };
  }

  private async register(
    secret: TokenRecord,
    email: string,
    named: string | undefined,
    client: ClientInfo,
  ): Promise<LinkOwner> {
    assertThat(await this.registration.isOpenTo(email), CoreErrors.invalid_code);
    const { username, locale } = wishesOf(secret);
    const user = await this.registration.register(
      { email, username: this.registration.parseUsername(named) ?? username, locale },
      client,
    );
    return { user, registered: true };
  }
}
