import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { AuthError } from '../../../shared/errors/auth-error.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import {
  AccountCheck,
  AddressClaim,
  CoreErrors,
  OutsideRegistration,
  type UserRecord,
  UserRepository,
} from '../../core/index.js';
import { OAuthErrors } from '../oauth.errors.js';
import type { LinkReason } from '../oauth.events.js';
import type { CleanProfile } from '../provider/provider-profile.js';

/** For a new user. */
export interface NewUserNames {
  readonly provider: string;
  /** Chosen by the user. */
  readonly username: string | null;
}

/** Decides whose an account is that is not linked yet: the user's of the same proven address, or a new one's. */
@Injectable()
export class AccountOwner {
  constructor(
    private readonly users: UserRepository,
    private readonly accounts: AccountCheck,
    private readonly claims: AddressClaim,
    private readonly registration: OutsideRegistration,
  ) {}

  /** Inside a transaction. */
  async of(
    profile: CleanProfile,
    names: NewUserNames,
    client: ClientInfo,
  ): Promise<{ user: UserRecord; reason: LinkReason }> {
    const { email } = profile;
    const user = email === null ? null : await this.users.findByEmail(email);
    return email !== null && user
      ? { user: await this.byAddress(user, email, profile, client), reason: 'verified_email' }
      : { user: await this.register(profile, names, client), reason: 'sign_up' };
  }

  /** An address that the provider has not verified is anybody's; one that was not verified here gives way to whoever proves it. */
  private async byAddress(
    user: UserRecord,
    email: string,
    { emailVerified }: CleanProfile,
    client: ClientInfo,
  ): Promise<UserRecord> {
    assertThat(emailVerified, OAuthErrors.account_exists_link_required);
    this.accounts.assertMayAct({ ...user, emailVerified: true });
    return this.claims.claim(user, { field: 'email', value: email }, client);
  }

  private async register(
    { email, emailVerified, username, name, firstName, lastName, avatar, locale }: CleanProfile,
    names: NewUserNames,
    client: ClientInfo,
  ): Promise<UserRecord> {
    // Something has to be made into a username where the provider tells nothing.
    const preferredUsername = username ?? (email === null && name === null ? names.provider : null);
    const account = { email, emailVerified, name, firstName, lastName, avatar, locale, preferredUsername };
    try {
      return await this.registration.register({ ...account, username: names.username }, client);
    } catch (error) {
      if (error instanceof AuthError && error.is(CoreErrors.email_not_verified))
        throw new AuthError(OAuthErrors.email_not_verified);
      throw error;
    }
  }
}
