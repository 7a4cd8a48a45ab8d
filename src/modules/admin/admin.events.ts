import type { AuditEntry, AuditSeverity } from '../../shared/events/audit-entry.js';
import { AuthEvent } from '../../shared/events/auth-event.js';
import type { ClientInfo } from '../../shared/http/client-info.js';
import { UserEvent, UserRegistered } from '../core/index.js';

/** What an administrator did to an account; emitted in the transaction. What core tells of already (bans, deletions, new passwords) is told once, by core. */
export abstract class AdminUserEvent extends UserEvent {
  constructor(
    userId: string,
    /** The administrator; `null`: the system. */
    readonly actorId: string | null,
    client: ClientInfo,
    occurredAt: Date,
  ) {
    super(userId, client, occurredAt);
  }

  protected adminRecord(
    verb: string,
    details: string,
    severity: AuditSeverity = 'warning',
    metadata: AuditEntry['metadata'] = {},
  ): AuditEntry {
    return adminEntry(this, verb, { details, severity, metadata });
  }
}

function adminEntry(
  { userId, actorId, client }: Pick<AdminUserEvent, 'userId' | 'actorId' | 'client'>,
  verb: string,
  facts: Pick<AuditEntry, 'details' | 'severity' | 'metadata'>,
): AuditEntry {
  return {
    action: `admin.user.${verb}`,
    actorId,
    actorType: actorId === null ? 'system' : 'admin',
    targetId: userId,
    targetType: 'user',
    ...facts,
    client,
  };
}

/** An account that an administrator made, or an import; a `UserRegistered` like any other. */
export class AdminUserCreated extends UserRegistered {
  constructor(
    userId: string,
    readonly actorId: string | null,
    readonly source: 'admin' | 'import',
    client: ClientInfo,
    occurredAt: Date,
  ) {
    super(userId, client, occurredAt);
  }

  override audit(): AuditEntry {
    const verb = this.source === 'import' ? 'import' : 'create';
    return adminEntry(this, verb, { details: 'An account was made for somebody.', severity: 'info' });
  }
}

/** The password is gone, and the user has been sent a way to choose another one. */
export class AdminPasswordResetForced extends AdminUserEvent {
  override audit(): AuditEntry {
    return this.adminRecord(
      'password.force_reset',
      'The password was voided; the user has to choose another.',
    );
  }
}

export class AdminUserActivated extends AdminUserEvent {
  override audit(): AuditEntry {
    return this.adminRecord('activate', 'The account was switched on.', 'info');
  }
}

export class AdminUserDeactivated extends AdminUserEvent {
  override audit(): AuditEntry {
    return this.adminRecord('deactivate', 'The account was switched off.');
  }
}

/** The lock that failed sign-ins had set is gone. */
export class AdminUserUnlocked extends AdminUserEvent {
  override audit(): AuditEntry {
    return this.adminRecord('unlock', 'The lock of failed sign-ins was lifted.', 'info');
  }
}

export class SuperAdminGranted extends AdminUserEvent {
  override audit(): AuditEntry {
    return this.adminRecord('super_admin.grant', 'The account is a super admin now.', 'critical');
  }
}

export class SuperAdminRevoked extends AdminUserEvent {
  override audit(): AuditEntry {
    return this.adminRecord('super_admin.revoke', 'The account is no super admin any more.', 'critical');
  }
}

/** Somebody else than the user read all that is kept of the account. */
/** Every account was read into a file, with its password hash. */
export class UsersDumped extends AuthEvent {
  constructor(
    readonly client: ClientInfo,
    occurredAt: Date,
  ) {
    super(occurredAt);
  }

  override audit(): AuditEntry {
    return {
      action: 'admin.users.dump',
      actorId: null,
      actorType: 'system',
      details: 'Every account was exported, with its password hash.',
      severity: 'critical',
      client: this.client,
    };
  }
}

export class AdminUserExported extends AdminUserEvent {
  override audit(): AuditEntry {
    return this.adminRecord('export', 'The data of the account were exported.');
  }
}

/** An administrator acts as the user from now on. */
export class ImpersonationStarted extends AdminUserEvent {
  constructor(
    userId: string,
    actorId: string,
    readonly sessionId: string,
    readonly reason: string,
    readonly expiresAt: Date,
    client: ClientInfo,
    occurredAt: Date,
  ) {
    super(userId, actorId, client, occurredAt);
  }

  override audit(): AuditEntry {
    return this.adminRecord('impersonate', 'An administrator acts as the user.', 'critical', {
      session_id: this.sessionId,
      reason: this.reason,
      expires_at: this.expiresAt.toISOString(),
    });
  }
}

/** The administrator has stopped acting as the user. */
export class ImpersonationEnded extends AdminUserEvent {
  constructor(
    userId: string,
    actorId: string,
    readonly sessionId: string,
    client: ClientInfo,
    occurredAt: Date,
  ) {
    super(userId, actorId, client, occurredAt);
  }

  override audit(): AuditEntry {
    return this.adminRecord('impersonate.end', 'The administrator acts as the user no more.', 'info', {
      session_id: this.sessionId,
    });
  }
}
