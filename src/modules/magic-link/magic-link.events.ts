import { actorOn } from '../../shared/events/audit-actor.js';
import type { AuditEntry } from '../../shared/events/audit-entry.js';
import { AuthEvent } from '../../shared/events/auth-event.js';
import type { ClientInfo } from '../../shared/http/client-info.js';
import { UserEvent } from '../core/index.js';

/** A link was put into the outbox, in this transaction. `userId` is null where it would make a new account. */
export class MagicLinkSent extends AuthEvent {
  constructor(
    readonly userId: string | null,
    readonly email: string,
    /** Who asked for it. */
    readonly client: ClientInfo,
    occurredAt: Date,
  ) {
    super(occurredAt);
  }

  /** Without the address, which may be nobody's here. */
  override audit(): AuditEntry {
    return {
      action: 'auth.magic_link.send',
      ...actorOn(this.userId, this.client, null),
      targetId: this.userId,
      ...(this.userId !== null && { targetType: 'user' }),
      details: 'A link to sign in was sent.',
      client: this.client,
    };
  }
}

/** A link or its code was redeemed, in this transaction; gates may still stand before the session. */
export class MagicLinkRedeemed extends UserEvent {
  constructor(
    userId: string,
    /** Whether it made the account. */
    readonly registered: boolean,
    client: ClientInfo,
    occurredAt: Date,
  ) {
    super(userId, client, occurredAt);
  }

  /** As a right password is: the sign-in that follows has the record. */
  override audit(): null {
    return null;
  }
}
