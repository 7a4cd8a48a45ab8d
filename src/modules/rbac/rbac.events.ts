import { AuthEvent } from '../../shared/events/auth-event.js';
import type { ClientInfo } from '../../shared/http/client-info.js';
import type { RoleRecord, RoleScope } from './role/role.js';

/** Base of what happens to roles; emitted inside the transaction. */
export abstract class RbacEvent extends AuthEvent {
  constructor(
    readonly role: RoleRecord,
    /** The account that did it; `null`: the system. */
    readonly actorId: string | null,
    readonly client: ClientInfo,
    occurredAt: Date,
  ) {
    super(occurredAt);
  }
}

export class RoleCreated extends RbacEvent {}

/** `role` is the role as it is now. */
export class RoleUpdated extends RbacEvent {
  constructor(
    role: RoleRecord,
    readonly previous: RoleRecord,
    actorId: string | null,
    client: ClientInfo,
    occurredAt: Date,
  ) {
    super(role, actorId, client, occurredAt);
  }
}

/** Whoever had the role has it no more. */
export class RoleDeleted extends RbacEvent {}

/** Base of what happens to assignments: whose, and in which scope. */
export abstract class RoleAssignmentEvent extends RbacEvent {
  constructor(
    readonly userId: string,
    readonly organizationId: RoleScope,
    role: RoleRecord,
    actorId: string | null,
    client: ClientInfo,
    occurredAt: Date,
  ) {
    super(role, actorId, client, occurredAt);
  }
}

export class RoleGranted extends RoleAssignmentEvent {}
export class RoleRevoked extends RoleAssignmentEvent {}
