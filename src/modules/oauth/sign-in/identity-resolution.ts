import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { AuthError } from '../../../shared/errors/auth-error.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { AccountCheck, CoreErrors, type UserRecord, UserRepository } from '../../core/index.js';
import type { AccountRecord } from '../account/account.js';
import { AccountLinks, type Identity, LinkRaced } from '../account/account-links.js';
import { OAuthErrors } from '../oauth.errors.js';
import { AccountOwner } from './account-owner.js';

export interface Resolved {
  readonly user: UserRecord;
  readonly account: AccountRecord;
}

/** Of several that come at once one writes; the others find what it wrote at their next try. */
const TRIES = 3;

/** Finds out, or makes, the user whom a provider's account belongs to. An account is known by its issuer and subject, never by its address. */
@Injectable()
export class IdentityResolution {
  constructor(
    private readonly users: UserRepository,
    private readonly accounts: AccountCheck,
    private readonly links: AccountLinks,
    private readonly owners: AccountOwner,
    private readonly transactions: TransactionRunner,
  ) {}

  /**
   * The user to sign in. A new one is called `username` where that is given.
   * @throws oauth.account_exists_link_required, oauth.account_linked_elsewhere, core.account_deleted, core.account_banned …,
   * core.registration_closed, core.registration_invite_only, oauth.email_not_verified, core.username_taken …
   */
  resolve(identity: Identity, username: string | null, client: ClientInfo): Promise<Resolved> {
    return this.settled(async () => {
      const known = await this.links.find(identity);
      if (known) return this.knownUser(known, identity);
      const { user, reason } = await this.owners.of(
        identity.profile,
        { provider: identity.provider, username },
        client,
      );
      return { user, account: await this.links.link(user.id, identity, reason, client) };
    });
  }

  /** Links the account to a signed-in user, as of `tokenVersion`. @throws oauth.state_invalid, oauth.account_linked_elsewhere, core.account_banned … */
  linkTo(
    owner: { readonly userId: string; readonly tokenVersion: number },
    identity: Identity,
    client: ClientInfo,
  ): Promise<Resolved> {
    return this.settled(async () => {
      const user = await this.users.findById(owner.userId);
      // Whatever ended the sessions since (a new password, a ban) ends what they began.
      assertThat(user && user.tokenVersion === owner.tokenVersion, OAuthErrors.state_invalid);
      this.accounts.assertMayAct(user);
      const known = await this.links.find(identity);
      assertThat(!known || known.userId === user.id, OAuthErrors.account_linked_elsewhere);
      const account = known
        ? await this.links.refresh(known, identity)
        : await this.links.link(user.id, identity, 'user', client);
      return { user, account };
    });
  }

  private async knownUser(known: AccountRecord, identity: Identity): Promise<Resolved> {
    const user = await this.users.findById(known.userId);
    assertThat(user, CoreErrors.account_deleted);
    return { user, account: await this.links.refresh(known, identity) };
  }

  private async settled(work: () => Promise<Resolved>): Promise<Resolved> {
    for (let left = TRIES - 1; ; left -= 1) {
      try {
        return await this.transactions.run(work);
      } catch (error) {
        if (!isRace(error)) throw error;
        // The same account under another issuer, or under two providers that share one: nobody can tell whose it is.
        if (left === 0) throw new AuthError(OAuthErrors.account_linked_elsewhere, { cause: error });
      }
    }
  }
}

/** An address that was free a moment ago is taken now, or one that was unproven belongs to somebody else. */
function isRace(error: unknown): boolean {
  return (
    error instanceof LinkRaced ||
    (error instanceof AuthError && (error.is(CoreErrors.email_taken) || error.is(CoreErrors.invalid_code)))
  );
}
