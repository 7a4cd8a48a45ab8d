import { AuthEvent } from '../../shared/events/auth-event.js';
import type { ClientInfo } from '../../shared/http/client-info.js';
import type { MemberRole } from './member/member.js';

/** Base of the module's events. `actorId` is `null` where the system acted. */
export abstract class OrganizationEvent extends AuthEvent {
  constructor(
    readonly organizationId: string,
    readonly actorId: string | null,
    readonly client: ClientInfo,
    occurredAt: Date,
  ) {
    super(occurredAt);
  }
}

export class OrganizationCreated extends OrganizationEvent {}
export class OrganizationUpdated extends OrganizationEvent {}
/** Its members, roles, teams and names are gone with it. */
export class OrganizationDeleted extends OrganizationEvent {}

/** Base of what happens to one member. */
export abstract class OrganizationMemberEvent extends OrganizationEvent {
  constructor(
    organizationId: string,
    readonly userId: string,
    actorId: string | null,
    client: ClientInfo,
    occurredAt: Date,
  ) {
    super(organizationId, actorId, client, occurredAt);
  }
}

export class OrganizationMemberAdded extends OrganizationMemberEvent {}
/** Removed by somebody else, or left. */
export class OrganizationMemberRemoved extends OrganizationMemberEvent {}
export class OrganizationOwnershipTransferred extends OrganizationMemberEvent {}

export class OrganizationMemberRoleChanged extends OrganizationMemberEvent {
  constructor(
    organizationId: string,
    userId: string,
    readonly from: MemberRole,
    readonly to: MemberRole,
    actorId: string | null,
    client: ClientInfo,
    occurredAt: Date,
  ) {
    super(organizationId, userId, actorId, client, occurredAt);
  }
}

/** Base of what happens to a team. */
export abstract class OrganizationTeamEvent extends OrganizationEvent {
  constructor(
    organizationId: string,
    readonly teamId: string,
    actorId: string | null,
    client: ClientInfo,
    occurredAt: Date,
  ) {
    super(organizationId, actorId, client, occurredAt);
  }
}

export class OrganizationTeamCreated extends OrganizationTeamEvent {}
export class OrganizationTeamUpdated extends OrganizationTeamEvent {}
export class OrganizationTeamDeleted extends OrganizationTeamEvent {}
