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
}
