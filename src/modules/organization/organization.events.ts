import type { AuditEntry } from '../../shared/events/audit-entry.js';
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

  /** A record of what was done to the organization or, where `target` says so, in it. */
  protected record(
    verb: string,
    details: string,
    facts: Pick<AuditEntry, 'targetId' | 'targetType' | 'severity' | 'metadata'> = {},
  ): AuditEntry {
    return {
      action: `organization.${verb}`,
      actorId: this.actorId,
      actorType: this.actorId === null ? 'system' : 'user',
      targetId: this.organizationId,
      targetType: 'organization',
      organizationId: this.organizationId,
      details,
      ...facts,
      client: this.client,
    };
  }
}

export class OrganizationCreated extends OrganizationEvent {
  override audit(): AuditEntry {
    return this.record('create', 'The organization was made.');
  }
}

export class OrganizationUpdated extends OrganizationEvent {
  override audit(): AuditEntry {
    return this.record('update', 'The organization was changed.');
  }
}

/** Its members, roles, teams and names are gone with it. */
export class OrganizationDeleted extends OrganizationEvent {
  override audit(): AuditEntry {
    return this.record('delete', 'The organization was deleted.', { severity: 'warning' });
  }
}

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

  protected get target(): Pick<AuditEntry, 'targetId' | 'targetType'> {
    return { targetId: this.userId, targetType: 'user' };
  }

  protected member(verb: string, details: string, metadata?: AuditEntry['metadata']): AuditEntry {
    return this.record(`member.${verb}`, details, { ...this.target, ...(metadata && { metadata }) });
  }
}

export class OrganizationMemberAdded extends OrganizationMemberEvent {
  override audit(): AuditEntry {
    return this.member('add', 'A member was added.');
  }
}

/** Removed by somebody else, or left. */
export class OrganizationMemberRemoved extends OrganizationMemberEvent {
  override audit(): AuditEntry {
    return this.actorId === this.userId
      ? this.member('leave', 'A member left.')
      : this.member('remove', 'A member was removed.');
  }
}

export class OrganizationOwnershipTransferred extends OrganizationMemberEvent {
  override audit(): AuditEntry {
    return this.record('transfer', 'The organization has another owner.', {
      ...this.target,
      severity: 'warning',
    });
  }
}

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

  override audit(): AuditEntry {
    return this.member('role_change', 'A member has another role.', { from: this.from, to: this.to });
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

  protected team(verb: string, details: string): AuditEntry {
    return this.record(`team.${verb}`, details, { targetId: this.teamId, targetType: 'team' });
  }
}

export class OrganizationTeamCreated extends OrganizationTeamEvent {
  override audit(): AuditEntry {
    return this.team('create', 'A team was made.');
  }
}

export class OrganizationTeamUpdated extends OrganizationTeamEvent {
  override audit(): AuditEntry {
    return this.team('update', 'A team was changed.');
  }
}

export class OrganizationTeamDeleted extends OrganizationTeamEvent {
  override audit(): AuditEntry {
    return this.team('delete', 'A team was deleted.');
  }
}
