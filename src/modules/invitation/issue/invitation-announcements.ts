import { Injectable } from '@nestjs/common';
import { EventBus } from '../../../shared/events/event-bus.js';
import { SYSTEM_CLIENT } from '../../../shared/http/client-info.js';
import { Clock } from '../../../shared/time/clock.js';
import {
  InvitationAccepted,
  type InvitationActor,
  InvitationCreated,
  InvitationDeclined,
  InvitationExpired,
  type InvitationFacts,
  InvitationResent,
  InvitationRevoked,
} from '../invitation.events.js';
import type { InvitationRecord } from '../invitation/invitation.js';
import type { Invitee } from '../scope/invitation-scope.js';

/** What jobs and listeners do. */
export const SYSTEM_ACTOR: InvitationActor = Object.freeze({
  userId: null,
  type: 'system',
  client: SYSTEM_CLIENT,
});

/** Tells what happened to invitations, at the application's time. */
@Injectable()
export class InvitationAnnouncements {
  constructor(
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  get now(): Date {
    return this.clock.now();
  }

  created(invitation: InvitationRecord, actor: InvitationActor): Promise<void> {
    return this.events.emit(new InvitationCreated(factsOf(invitation), actor, this.now));
  }

  resent(invitation: InvitationRecord, actor: InvitationActor): Promise<void> {
    return this.events.emit(new InvitationResent(factsOf(invitation), actor, this.now));
  }

  declined(invitation: InvitationRecord, actor: InvitationActor): Promise<void> {
    return this.events.emit(new InvitationDeclined(factsOf(invitation), actor, this.now));
  }

  revoked(invitation: InvitationRecord, actor: InvitationActor): Promise<void> {
    return this.events.emit(new InvitationRevoked(factsOf(invitation), actor, this.now));
  }

  expired(invitation: InvitationRecord): Promise<void> {
    return this.events.emit(new InvitationExpired(factsOf(invitation), SYSTEM_ACTOR, this.now));
  }

  accepted(
    invitation: InvitationRecord,
    { user, registered }: Invitee,
    actor: InvitationActor,
  ): Promise<void> {
    return this.events.emit(
      new InvitationAccepted(factsOf(invitation), user.id, registered, actor, this.now),
    );
  }
}

function factsOf({ id, organizationId, role, purpose }: InvitationRecord): InvitationFacts {
  return { id, organizationId, role, purpose };
}
