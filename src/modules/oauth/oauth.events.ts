import type { AuditEntry } from '../../shared/events/audit-entry.js';
import type { ClientInfo } from '../../shared/http/client-info.js';
import { UserEvent } from '../core/index.js';

/** Base: an account at a provider, and the user here that it belongs to. */
export abstract class OAuthAccountEvent extends UserEvent {
  constructor(
    userId: string,
    readonly accountId: string,
    readonly provider: string,
    client: ClientInfo,
    occurredAt: Date,
  ) {
    super(userId, client, occurredAt);
  }

  protected facts(reason: string): Record<string, unknown> {
    return { provider: this.provider, account_id: this.accountId, reason };
  }
}

/** How an account came to be linked: with the user's own account here, since both have proven one email address, or by the signed-in user. */
export type LinkReason = 'sign_up' | 'verified_email' | 'user';

export class OAuthAccountLinked extends OAuthAccountEvent {
  constructor(
    userId: string,
    accountId: string,
    provider: string,
    readonly reason: LinkReason,
    client: ClientInfo,
    occurredAt: Date,
  ) {
    super(userId, accountId, provider, client, occurredAt);
  }

  override audit(): AuditEntry {
    return this.record('auth.oauth.link', 'An account at a provider was linked.', {
      metadata: this.facts(this.reason),
    });
  }
}

/** `address_claimed`: the account here went to whoever proved its address. */
export type UnlinkReason = 'user' | 'address_claimed';

export class OAuthAccountUnlinked extends OAuthAccountEvent {
  constructor(
    userId: string,
    accountId: string,
    provider: string,
    readonly reason: UnlinkReason,
    client: ClientInfo,
    occurredAt: Date,
  ) {
    super(userId, accountId, provider, client, occurredAt);
  }

  override audit(): AuditEntry {
    return this.record('auth.oauth.unlink', 'An account at a provider was unlinked.', {
      metadata: this.facts(this.reason),
    });
  }
}
