import type { AuditEntry } from '../../shared/events/audit-entry.js';
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

  /** `role.<verb>` for roles of the platform, `organization.role.<verb>` for those of an organization. */
  protected record(
    verb: string,
    details: string,
    scope: RoleScope,
    facts: Pick<AuditEntry, 'metadata' | 'targetId' | 'targetType'> = {},
  ): AuditEntry {
    const { metadata, ...target } = { targetId: this.role.id, targetType: 'role', ...facts };
    return {
      action: scope === null ? `role.${verb}` : `organization.role.${verb}`,
      actorId: this.actorId,
      actorType: this.actorType(scope),
      ...target,
      organizationId: scope,
      severity: 'warning',
      details,
      metadata: { role_id: this.role.id, role: this.role.slug, ...metadata },
      client: this.client,
    };
  }

  private actorType(scope: RoleScope): AuditEntry['actorType'] {
    if (this.actorId === null) return 'system';
    return scope === null ? 'admin' : 'user';
  }
}

export class RoleCreated extends RbacEvent {
  override audit(): AuditEntry {
    return this.record('create', 'A role was made.', this.role.organizationId, {
      metadata: { permissions: this.role.permissions },
    });
  }
}

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

  override audit(): AuditEntry {
    const [now, before] = [this.role.permissions, this.previous.permissions];
    return this.record('update', 'A role was changed.', this.role.organizationId, {
      metadata: {
        added: now.filter((permission) => !before.includes(permission)),
        removed: before.filter((permission) => !now.includes(permission)),
      },
    });
  }
}

/** Whoever had the role has it no more. */
export class RoleDeleted extends RbacEvent {
  override audit(): AuditEntry {
    return this.record('delete', 'A role was deleted.', this.role.organizationId);
  }
}

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

  protected assignment(verb: string, details: string): AuditEntry {
    return this.record(verb, details, this.organizationId, { targetId: this.userId, targetType: 'user' });
  }
}

export class RoleGranted extends RoleAssignmentEvent {
  override audit(): AuditEntry {
    return this.assignment('grant', 'A role was granted.');
  }
}

export class RoleRevoked extends RoleAssignmentEvent {
  override audit(): AuditEntry {
    return this.assignment('revoke', 'A role was taken away.');
  }
}
