import type { ClientInfo } from '../../../shared/http/client-info.js';
import type { UserRecord } from '../../core/index.js';
import type { InvitationRecord } from '../invitation/invitation.js';

/** Who comes in by an invitation. */
export interface Invitee {
  readonly user: UserRecord;
  /** Whether the account has just been made by it. */
  readonly registered: boolean;
}

/** What invitations lead into: the platform, or organizations. */
export abstract class InvitationScope {
  /**
   * First in a transaction that changes invitations of the scope: holds what they lead into, so that it is neither deleted nor its members changed meanwhile.
   * `false` where it is gone.
   */
  abstract hold(invitation: InvitationRecord): Promise<boolean>;
  /** Whether whoever sent it may still do so. An invitation of the system may always. */
  abstract isGood(invitation: InvitationRecord): Promise<boolean>;
  /** Brings about what the invitation promises; in the transaction. */
  abstract admit(invitation: InvitationRecord, invitee: Invitee, client: ClientInfo): Promise<void>;
}
