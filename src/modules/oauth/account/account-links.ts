import { Injectable } from '@nestjs/common';
import { EventBus } from '../../../shared/events/event-bus.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { IdGenerator } from '../../../shared/ids/id-generator.js';
import { Clock } from '../../../shared/time/clock.js';
import { type LinkReason, OAuthAccountLinked } from '../oauth.events.js';
import type { ProviderSignIn } from '../provider/provider-client.js';
import type { AccountRecord, ProviderIdentity, SeenProfile } from './account.js';
import { AccountRepository } from './account.repository.js';
import { ProviderTokenVault } from './provider-token-vault.js';

/** A user whom a provider has told apart. */
export interface Identity extends ProviderSignIn {
  readonly provider: string;
}

/** The link was made by somebody else in the same moment, or the user is gone: look again. */
export class LinkRaced extends Error {
  override readonly name = 'LinkRaced';
}

/** Writes accounts at providers. */
@Injectable()
export class AccountLinks {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly vault: ProviderTokenVault,
    private readonly events: EventBus,
    private readonly ids: IdGenerator,
    private readonly clock: Clock,
  ) {}

  find(identity: Identity): Promise<AccountRecord | null> {
    return this.accounts.findByIdentity(nameOf(identity));
  }

  /** What a sign-in tells of an account that is linked already. @throws LinkRaced where it is linked no more */
  async refresh(account: AccountRecord, { profile, tokens }: Identity): Promise<AccountRecord> {
    const sealed = this.vault.seal(account.id, tokens);
    const seen = await this.accounts.recordSignIn(account.id, seenOf(profile), sealed, this.clock.now());
    if (!seen) throw new LinkRaced();
    return seen;
  }

  /** Joins the transaction. @throws LinkRaced */
  async link(
    userId: string,
    identity: Identity,
    reason: LinkReason,
    client: ClientInfo,
  ): Promise<AccountRecord> {
    const id = this.ids.next();
    const createdAt = this.clock.now();
    const write = await this.accounts.link({
      id,
      userId,
      type: identity.issuer === null ? 'oauth' : 'oidc',
      ...nameOf(identity),
      ...seenOf(identity.profile),
      ...this.vault.seal(id, identity.tokens),
      createdAt,
    });
    if (!('account' in write)) throw new LinkRaced();
    await this.events.emit(new OAuthAccountLinked(userId, id, identity.provider, reason, client, createdAt));
    return write.account;
  }
}

function nameOf({ provider, issuer, profile }: Identity): ProviderIdentity {
  return { provider, providerAccountId: profile.subject, issuer };
}

function seenOf({ username, email, emailVerified }: Identity['profile']): SeenProfile {
  return { providerUsername: username, providerEmail: email, emailVerified };
}
