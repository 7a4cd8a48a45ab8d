import type { AuditActorType, AuditEntry } from '../../shared/events/audit-entry.js';
import { AuthEvent } from '../../shared/events/auth-event.js';
import type { ClientInfo } from '../../shared/http/client-info.js';
import type { InvitationRecord } from './invitation/invitation.js';

/** Who did it: an account, or nobody known (`null`). */
export interface InvitationActor {
  readonly userId: string | null;
  readonly type: AuditActorType;
  readonly client: ClientInfo;
}

/** What an event tells of an invitation: nothing of the address. */
export type InvitationFacts = Pick<InvitationRecord, 'id' | 'organizationId' | 'role' | 'purpose'>;

/** Base of the module's events, all emitted in the transaction of what they tell. */
export abstract class InvitationEvent extends AuthEvent {
  protected abstract readonly action: string;
  protected abstract readonly details: string;

  constructor(
    readonly invitation: InvitationFacts,
    readonly actor: InvitationActor,
    occurredAt: Date,
  ) {
    super(occurredAt);
  }

  override audit(): AuditEntry {
    const { id, organizationId, role, purpose } = this.invitation;
    const { userId, type, client } = this.actor;
    return {
      action: `invitation.${this.action}`,
      actorId: userId,
      actorType: type,
      targetId: id,
      targetType: 'invitation',
      organizationId,
      details: this.details,
      metadata: { purpose, ...(role !== null && { role }) },
      client,
    };
  }
}

export class InvitationCreated extends InvitationEvent {
  protected readonly action = 'create';
  protected readonly details = 'Somebody was invited.';
}

/** The link before is void. */
export class InvitationResent extends InvitationEvent {
  protected readonly action = 'resend';
  protected readonly details = 'An invitation was sent again.';
}

export class InvitationDeclined extends InvitationEvent {
  protected readonly action = 'decline';
  protected readonly details = 'An invitation was declined.';
}

/** By somebody who may, or by the system where it had become pointless. */
export class InvitationRevoked extends InvitationEvent {
  protected readonly action = 'revoke';
  protected readonly details = 'An invitation was withdrawn.';
}

export class InvitationExpired extends InvitationEvent {
  protected readonly action = 'expire';
  protected readonly details = 'An invitation was not answered in time.';
}

export class InvitationAccepted extends InvitationEvent {
  protected readonly action = 'accept';
  protected readonly details = 'An invitation was accepted.';

  constructor(
    invitation: InvitationFacts,
    readonly userId: string,
    /** Whether the account was made by it. */
    readonly registered: boolean,
    actor: InvitationActor,
    occurredAt: Date,
  ) {
    super(invitation, actor, occurredAt);
  }
}
